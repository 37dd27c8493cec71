import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bump, type Case, jsonLines, logchunks } from './cases.ts'
import type { Data } from './data.ts'

/** What a person of this project read in a log that came without labels. Names of logs and projects are hashes. */
interface Label {
  readonly log: string
  readonly project: string
  readonly group: string
  readonly cause: string
  readonly also?: readonly string[]
  readonly spans?: readonly (readonly [start: number, end: number])[]
}

const file = fileURLToPath(new URL('../../training/labels.jsonl', import.meta.url))

/** Labels of our own for logs of these folders, joined with the logs by the hash of what is in them. */
export function furtherLabels(data: Data, folders: readonly string[]): readonly Case[] {
  const labels = new Map(jsonLines<Label>(file).map((label) => [label.log, label]))
  const projects = new Map([...logchunks(data), ...bump(data)].map(({ project }) => [hash(project, 8), project]))
  return folders.flatMap(logsIn(data)).flatMap((path): readonly Case[] => {
    const label = labels.get(hash(readFileSync(path), 12))
    // A log that lies there twice counts once.
    if (label === undefined || !labels.delete(label.log)) return []
    const { log, project, group, cause, also = [], spans = [] } = label
    return [
      {
        id: log,
        project: projects.get(project) ?? project,
        log: path,
        cause,
        also,
        group,
        spans: spans.map(([start, end]) => ({ start, end })),
      },
    ]
  })
}

function logsIn(data: Data): (name: string) => readonly string[] {
  return (name) => {
    const folder = data.folder(name)
    if (folder === undefined) return []
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.log(?:\.gz)?$/.test(path))
      .sort()
      .map((path) => join(folder, path))
  }
}

function hash(of: string | Buffer, digits: number): string {
  return createHash('sha256').update(of).digest('hex').slice(0, digits)
}
