import { generic } from './generic.ts'
import { network } from './network.ts'
import type { Pattern } from './pattern.ts'
import { resources } from './resources.ts'
import { runnerGithub } from './runner-github.ts'
import { typescript } from './typescript.ts'

/** Every pattern Mendline knows. To add one: put it into its family's file with examples; the test walks them all. */
export const library: readonly Pattern[] = [...runnerGithub, ...resources, ...network, ...typescript, ...generic]

const byId = new Map(library.map((pattern) => [pattern.id, pattern]))

export function patternById(id: string): Pattern | undefined {
  return byId.get(id)
}
