import { plainLine } from '../../../base/text.ts'
import type { Phase } from '../../../model/diagnosis.ts'
import { phaseOf } from '../classify/phase.ts'
import type { ArchiveFile } from './archive-plan.ts'
import { bareLine, timeOf, withoutTimeOfDay } from './clean-line.ts'
import type { CiKind, Section, SectionKind } from './reading.ts'
import { appveyor } from './structure/appveyor.ts'
import { azurePipelines } from './structure/azure-pipelines.ts'
import { bitbucketPipelines } from './structure/bitbucket-pipelines.ts'
import { buildkite } from './structure/buildkite.ts'
import { circleci } from './structure/circleci.ts'
import { githubActions } from './structure/github-actions.ts'
import { gitlabCi } from './structure/gitlab-ci.ts'
import { jenkins } from './structure/jenkins.ts'
import type { Mark } from './structure/mark.ts'
import { taskcluster } from './structure/taskcluster.ts'
import { teamcity } from './structure/teamcity.ts'
import { travisCi } from './structure/travis-ci.ts'

/** In the order in which they are asked: what only one vendor writes comes first. */
const readers = [
  travisCi,
  gitlabCi,
  azurePipelines,
  githubActions,
  taskcluster,
  jenkins,
  teamcity,
  circleci,
  appveyor,
  bitbucketPipelines,
  buildkite,
]

/** Literals by which the vendors mark jobs, steps, sections and commands. */
export const structureLiterals: readonly string[] = [...new Set(readers.flatMap(({ literals }) => literals))]

/** A log can hold more marks than anyone will read; what comes after them stays in the last section. */
const maxSections = 5_000
const depth: Readonly<Record<SectionKind, number>> = { job: 0, step: 1, command: 2, group: 2 }

interface Open {
  readonly kind: SectionKind
  readonly name: string
  readonly id?: string | undefined
  readonly phase?: Phase | undefined
  readonly start: number
  readonly startedAtMs?: number | undefined
  /** Its name stands on this line. */
  readonly namedBy?: number | undefined
  exitCode?: number | undefined
}
type Finished = { -readonly [Key in keyof Section]: Section[Key] } & Pick<Open, 'namedBy'>

/** Reads the vendors' marks of jobs, steps and commands, one line after the other. */
export function createStructure() {
  const sections: Finished[] = []
  const open: Open[] = []
  const files: { line: number; job?: string | undefined; step?: string | undefined }[] = []
  let ci: CiKind | undefined

  function finish(from: number, line: number, atMs: number | undefined): void {
    while (open.length > from) {
      const top = open.pop()
      if (top === undefined) return
      const { id: _, phase, ...told } = top
      const named = phase ?? (top.kind === 'job' ? undefined : phaseOf(top.name))
      sections.push({ ...told, phase: named, end: Math.max(line, top.start), endedAtMs: atMs })
    }
  }
  function apply(mark: Mark, line: number, atMs: number | undefined): void {
    const { ends, begins, exitCode } = mark
    if (exitCode !== undefined) exits(mark)
    const ended = ends === undefined ? undefined : openAt(ends)
    if (ended !== undefined) finish(open.indexOf(ended), line, atMs)
    if (begins === undefined || (begins.once === true && open.at(-1)?.name === begins.name)) return
    if (begins.nests !== true) {
      // A step that marks no end ends on the line before the next one.
      const at = open.findIndex(({ kind }) => depth[kind] >= depth[begins.kind])
      if (at !== -1) finish(at, line - 1, atMs)
    }
    if (sections.length + open.length >= maxSections) return
    const { kind, id, phase, namedByNext } = begins
    const name = plainLine(begins.name, 200)
    open.push({
      kind,
      name,
      id,
      phase,
      start: line,
      startedAtMs: atMs,
      namedBy: namedByNext === true ? line + 1 : undefined,
    })
  }
  function exits({ exitCode, ends, exitOf }: Mark): void {
    const ended = ends === undefined ? undefined : openAt(ends)
    const running = ended ?? open.findLast(({ kind }) => kind === 'step' || kind === 'command')
    const section = exitOf === 'ended' ? (lastFinished() ?? running) : (running ?? lastFinished())
    if (section !== undefined) section.exitCode ??= exitCode
  }
  function openAt(ends: NonNullable<Mark['ends']>): Open | undefined {
    return open.findLast((one) => ('id' in ends ? one.id === ends.id : one.kind === ends.kind))
  }
  /** The last command that ended, or the last step that was no cleaning up. */
  function lastFinished(): Finished | undefined {
    return (
      sections.findLast(({ kind, phase }) => kind === 'command' && phase !== 'post') ??
      sections.findLast(({ kind, phase }) => kind === 'step' && phase !== 'post')
    )
  }

  /** Files are told when they are read, and lines only when a block of them is full. */
  function beginFiles(line: number): void {
    for (let file = files[0]; file !== undefined && file.line <= line; file = files[0]) {
      files.shift()
      const same = file.step !== undefined && open[0]?.kind === 'job' && open[0].name === file.job
      finish(same ? 1 : 0, file.line - 1, undefined)
      if (file.job !== undefined && !same) open.push({ kind: 'job', name: file.job, start: file.line })
      if (file.step !== undefined) open.push({ kind: 'step', name: file.step, start: file.line })
    }
  }

  return {
    see(line: number, raw: string): void {
      beginFiles(line)
      const text = withoutTimeOfDay(bareLine(raw))
      for (const reader of readers) {
        const mark = reader.read({ raw, text, ci })
        if (mark === undefined) continue
        ci ??= mark.ci
        for (let one: Mark | undefined = mark; one !== undefined; one = one.followedBy)
          apply(one, line, one.atMs ?? timeOf(raw))
        return
      }
    },
    /** A file of an archive begins at this line: the archive tells whose it is, no line does. */
    file(line: number, { job, step }: Pick<ArchiveFile, 'job' | 'step'>): void {
      files.push({ line, job: job && plainLine(job, 200), step: step && plainLine(step, 200) })
    },
    /** `textOf` answers what it still knows of a line. */
    end(
      lines: number,
      textOf: (line: number) => string | undefined,
    ): { readonly ci: CiKind | undefined; readonly sections: readonly Section[] } {
      beginFiles(lines)
      finish(0, lines, undefined)
      const named = sections.map((section) => withOwnName(section, textOf))
      return { ci, sections: named.sort((a, b) => a.start - b.start || b.end - a.end || depth[a.kind] - depth[b.kind]) }
    },
  }
}

function withOwnName({ namedBy, ...section }: Finished, textOf: (line: number) => string | undefined): Section {
  if (namedBy === undefined || namedBy > section.end) return section
  const name = plainLine((textOf(namedBy) ?? '').replace(/^[+$]\s/, '').trim(), 200)
  return name === '' ? section : { ...section, name, phase: phaseOf(name) ?? section.phase }
}
