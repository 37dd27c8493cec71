import { maxFailing } from '../test-results.ts'
import { dotted, moduleOf } from './pytest-names.ts'

const header = /^_+ (\S.{0,1500}?) _+$/
/** `tests/test_cart.py .F.s   [ 50%]`: the file and how its tests went. */
const progress = /^(\S{1,500}\.py) ([.FEsxXRpP]{1,2000})\s*(?:\[[ \d%/]{1,20}\])?\s*$/
const moreProgress = /^([.FEsxXRpP]{1,2000})\s*(?:\[[ \d%/]{1,20}\])?\s*$/
const location = /^(\S{1,500}\.py):\d{1,9}: (?:in (\S{1,300}))?/
/** Where a frame is not the test's own function, it may be a helper's or a fixture's. */
const testFile = /(?:^|\/)(?:test_[^/]{0,300}|[^/]{0,300}_tests?)\.py$/

interface Block {
  readonly title: string
  file?: string
}

/**
 * Names the tests of the sections FAILURES and ERRORS. A block's title has no file: it stands in the progress lines
 * above, as many `F` as there are blocks, or else in the first line of the block that is the test's own.
 */
export function createFailureBlocks() {
  let section: 'failures' | 'errors' | undefined
  let failures: Block[] = []
  let errors: Block[] = []
  let failedIn: string[] = []
  let erredIn: string[] = []
  let current: Block | undefined
  let progressing: string | undefined

  function went(file: string, marks: string): void {
    for (const mark of marks) {
      if (mark === 'F' && failedIn.length < maxFailing) failedIn.push(file)
      if (mark === 'E' && erredIn.length < maxFailing) erredIn.push(file)
    }
  }

  return {
    section(title: string): void {
      section = title === 'FAILURES' ? 'failures' : title === 'ERRORS' ? 'errors' : undefined
      current = undefined
      progressing = undefined
    },
    see(line: string): void {
      if (section === undefined) {
        const [, file, marks] = progress.exec(line) ?? []
        const more = file === undefined && progressing !== undefined ? moreProgress.exec(line)?.[1] : undefined
        if (file !== undefined && marks !== undefined) went(file, marks)
        else if (more !== undefined) went(progressing ?? '', more)
        progressing = file ?? (more === undefined ? undefined : progressing)
        return
      }
      const title = line.startsWith('_') ? header.exec(line)?.[1] : undefined
      if (title !== undefined) {
        current = { title }
        const blocks = section === 'failures' ? failures : errors
        if (blocks.length < maxFailing) blocks.push(current)
        return
      }
      if (current === undefined || current.file !== undefined) return
      const [, file, frame] = location.exec(line) ?? []
      if (file === undefined) return
      if (frame === undefined || frame === functionOf(current.title) || testFile.test(file)) current.file = file
    },
    /** A long name leaves a title hardly any rulers: every line of a section may be one. */
    follows: () => progressing !== undefined || section !== undefined,
    /** The session is over: its failing tests. */
    settle(): readonly string[] {
      const names = [...namesOf(errors, erredIn), ...namesOf(failures, failedIn)]
      failures = []
      errors = []
      failedIn = []
      erredIn = []
      section = undefined
      current = undefined
      progressing = undefined
      return names
    },
  }
}

function namesOf(blocks: readonly Block[], files: readonly string[]): readonly string[] {
  const collected = blocks.filter(({ title }) => title.startsWith('ERROR collecting '))
  const known = files.length === blocks.length - collected.length
  return blocks.map((block, index) => nameOf(block, known ? files[index - collected.length] : block.file))
}

function nameOf({ title }: Block, file: string | undefined): string {
  const collecting = /^ERROR collecting (.+)$/.exec(title)?.[1]
  if (collecting !== undefined) return dotted(collecting)
  const doctest = /^\[doctest\] (.+)$/.exec(title)?.[1]
  const test = title.replace(/^ERROR at (?:setup|teardown) of /, '')
  const module = file === undefined ? undefined : moduleOf(file)
  if (doctest !== undefined) {
    const prefix = prefixIn(doctest, module)
    return prefix === undefined ? doctest : `${prefix}::${doctest.slice(prefix.length + 1).replaceAll('.', '::')}`
  }
  const [, path = test, parameters = ''] = /^([^[]*)(\[.*)?$/.exec(test) ?? []
  return module === undefined || module.startsWith('.') ? test : `${module}::${path.replaceAll('.', '::')}${parameters}`
}

/** The module that a doctest's name begins with, when the file's path ends with it. */
function prefixIn(name: string, module: string | undefined): string | undefined {
  if (module === undefined) return undefined
  const parts = name.split('.')
  for (let length = parts.length - 1; length > 0; length -= 1) {
    const prefix = parts.slice(0, length).join('.')
    if (module === prefix || module.endsWith(`.${prefix}`)) return prefix
  }
  return undefined
}

function functionOf(title: string): string | undefined {
  return /([\w-]+)(?:\[.*)?$/.exec(title.replace(/\[.*$/, ''))?.[1]
}
