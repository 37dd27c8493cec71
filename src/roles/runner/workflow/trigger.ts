import { matchesPattern, matchesPatterns } from './pattern.ts'
import type { EventFilter, Workflow } from './workflow.ts'

/** Something that may start a run. */
export interface RunEvent {
  readonly name: string
  /** Full ref, such as `refs/heads/main`. */
  readonly ref?: string | undefined
  /** Paths the push changed; undefined when nobody knows, then path filters let it pass, as on GitHub. */
  readonly changedFiles?: readonly string[] | undefined
}

/** Does the workflow hear this event? If not, the sentence says which filter kept it out. Pure. */
export function hears(workflow: Workflow, event: RunEvent): { heard: true } | { heard: false; because: string } {
  const filter = Object.hasOwn(workflow.on, event.name) ? workflow.on[event.name] : undefined
  if (!filter)
    return {
      heard: false,
      because: `${workflow.path} does not hear '${event.name}', only ${Object.keys(workflow.on).join(', ')}`,
    }
  const because = event.name === 'push' ? missesPush(filter, event) : undefined
  return because ? { heard: false, because: `${workflow.path}: ${because}` } : { heard: true }
}

function missesPush(filter: EventFilter, { ref = '', changedFiles }: RunEvent): string | undefined {
  const tag = nameAfter(ref, 'refs/tags/')
  const branch = nameAfter(ref, 'refs/heads/')
  const branchFilter = filter.branches ?? filter.branchesIgnore
  const tagFilter = filter.tags ?? filter.tagsIgnore
  if (tag !== undefined) {
    // A filter for branches alone keeps every tag out, and the other way round.
    if (branchFilter && !tagFilter) return `tag '${tag}' is not heard, only branches`
    if (!passes(tag, filter.tags, filter.tagsIgnore)) return `its tag filter leaves out '${tag}'`
    return undefined
  }
  if (branch !== undefined) {
    if (tagFilter && !branchFilter) return `branch '${branch}' is not heard, only tags`
    if (!passes(branch, filter.branches, filter.branchesIgnore)) return `its branch filter leaves out '${branch}'`
  }
  if (!changedFiles || passesPaths(changedFiles, filter)) return undefined
  return 'its path filter leaves out every changed file'
}

function passes(name: string, only: readonly string[] | undefined, ignored: readonly string[] | undefined): boolean {
  if (only) return matchesPatterns(only, name)
  return !ignored?.some((pattern) => matchesPattern(pattern, name))
}

function passesPaths(files: readonly string[], { paths, pathsIgnore }: EventFilter): boolean {
  if (paths) return files.some((file) => matchesPatterns(paths, file))
  if (pathsIgnore) return !files.every((file) => pathsIgnore.some((pattern) => matchesPattern(pattern, file)))
  return true
}

function nameAfter(ref: string, prefix: string): string | undefined {
  return ref.startsWith(prefix) ? ref.slice(prefix.length) : undefined
}
