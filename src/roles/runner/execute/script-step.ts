import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { Invalid } from '../../../base/errors.ts'
import { interpolate } from '../workflow/expressions.ts'
import type { StepDefinition } from '../workflow/workflow.ts'
import { scratchOf } from './environment.ts'
import type { JobState, StepRun, Verdict } from './job-state.ts'
import { launch, stepEnvironment } from './launch.ts'
import { chooseShell } from './shell.ts'

type ScriptStep = Extract<StepDefinition, { readonly run: string }>

/** A `run` step: its script in a file, run by its shell. Throws `Invalid` when it cannot be made ready. */
export async function runScript(job: JobState, step: StepRun, definition: ScriptStep): Promise<Verdict> {
  const { scope, frame } = step
  if (frame.depth > 0 && definition.shell === undefined)
    throw new Invalid(`Required property is missing: shell (a 'run' step of a composite action must name its shell)`)
  const text = (template: string | undefined) => (template === undefined ? undefined : interpolate(template, scope))
  const script = interpolate(definition.run, scope)
  const environment = stepEnvironment(job, step)
  const shell = chooseShell(text(definition.shell ?? frame.defaults.shell), environment.PATH ?? '')
  const folder = text(definition.workingDirectory ?? frame.defaults.workingDirectory)
  const file = path.join(scratchOf(job.request.folders), `${randomUUID()}${shell.extension}`)
  writeFileSync(file, shell.wrap(script), { mode: 0o700 })
  job.log.group(`Run ${firstLine(script)}`, [
    ...script
      .trimEnd()
      .split('\n')
      .map((line) => `\u001b[36;1m${line}\u001b[0m`),
    `shell: ${shell.shown}`,
    ...describeEnv({ ...job.env, ...step.env }),
  ])
  const cwd = path.resolve(job.request.folders.workspace, folder ?? '')
  return launch(job, step, { file: shell.file, args: shell.args(file), cwd })
}

export function firstLine(text: string): string {
  return text.trim().split('\n')[0]?.trim() ?? ''
}

/** The lines that GitHub shows of a step's environment. */
export function describeEnv(env: Readonly<Record<string, string>>): readonly string[] {
  const lines = Object.entries(env).map(([name, value]) => `  ${name}: ${value}`)
  return lines.length > 0 ? ['env:', ...lines] : []
}
