import { add, count, createNames, emptyTally, seconds, type Tally } from './tally.ts'
import type { Tool } from './tool.ts'

/** A tool that tells its results in single lines and, at most, lists of names: plain data, read by one machine. */
export interface LineTool extends Pick<Tool, 'name' | 'family' | 'literals'> {
  /** What ran the tests, if it is not the tool itself. */
  readonly framework?: string
  readonly builds?: boolean
  /** Says nothing of its own where one of these told counts: they run it and count for it. */
  readonly within?: readonly string[]
  /** Nothing is read before such a line; without it the tool speaks with its first total. */
  readonly speaks?: RegExp
  /**
   * Lines that tell counts, in named groups: run, passed, failed, errors, skipped, pending, xfailed, xpassed,
   * time, unit, minutes, ms. `run`
   * is the tool's own total; without it those that passed, failed and erred make it up. Lines add up.
   */
  readonly totals: readonly RegExp[]
  /** The total stands on a line of its own: what passed and failed elsewhere is not added to it. */
  readonly runIsTold?: boolean
  /** The last total replaces those before: progress that is written over and over. */
  readonly lastCounts?: boolean
  /** Lines that name a failing test: group `test`, of a class of tests also `class`. */
  readonly failing?: readonly RegExp[]
  /** Names that stand in lists: from a line that begins one to a line that ends it. Groups as above. */
  readonly lists?: readonly NameList[]
  /** Groups time, unit, minutes, ms. */
  readonly time?: RegExp
  /** Only failures are shown, so that what ran is not known unless a total tells. */
  readonly showsOnlyFailures?: boolean
}

export interface NameList {
  readonly begin: RegExp
  readonly item: RegExp
  readonly end: RegExp
}

export function lineTool(definition: LineTool): Tool {
  const { name, family, literals, totals, failing: named = [], lists = [], time, speaks, framework } = definition
  return {
    name,
    family,
    literals,
    read() {
      let spoke = speaks === undefined
      let counted = false
      let list: NameList | undefined
      let tally = emptyTally()
      const failing = createNames()

      function seeTotal(line: string): boolean {
        for (const total of totals) {
          const groups = total.exec(line)?.groups
          if (groups === undefined) continue
          if (definition.lastCounts === true) tally = emptyTally()
          add(tally, tallyOf(groups, definition.runIsTold === true))
          counted = true
          return true
        }
        return false
      }
      function seeName(regex: RegExp, line: string): boolean {
        const groups = regex.exec(line)?.groups
        if (groups === undefined) return false
        failing.add(nameOf(groups))
        return true
      }

      return {
        see(line) {
          if (!spoke) spoke = speaks?.test(line) === true
          if (!spoke) return
          if (list?.end.test(line) === true) list = undefined
          if (list !== undefined && seeName(list.item, line)) return
          if (seeTotal(line)) return
          const begun = lists.find(({ begin }) => begin.test(line))
          if (begun !== undefined) {
            list = begun
            return
          }
          if (named.some((regex) => seeName(regex, line))) return
          const elapsed = time?.exec(line)?.groups
          if (elapsed !== undefined) add(tally, { seconds: timeOf(elapsed) })
        },
        follows: () => list !== undefined,
        end() {
          // A name alone may be anybody's line.
          if (!counted && (definition.builds !== true || !spoke) && definition.showsOnlyFailures !== true)
            return undefined
          if (!counted && failing.size === 0 && definition.builds !== true) return undefined
          return {
            ...(definition.builds === true ? { builds: true } : {}),
            ...(framework === undefined ? {} : { framework }),
            ...(definition.within === undefined ? {} : { within: definition.within }),
            tally: counted
              ? tally
              : failing.size > 0
                ? { ...tally, run: failing.size, failed: failing.size }
                : undefined,
            failing: failing.list(),
            onlyFailures: !counted && failing.size > 0,
          }
        },
      }
    },
  }
}

type Groups = Readonly<Partial<Record<string, string>>>

function tallyOf(groups: Groups, runIsTold: boolean): Partial<Tally> {
  const errored = count(groups.errors)
  const failed = count(groups.failed) + errored
  const expectedFailures = count(groups.xfailed)
  const unexpectedPasses = count(groups.xpassed)
  const sum = count(groups.passed) + failed + expectedFailures + unexpectedPasses
  return {
    run: groups.run === undefined && !runIsTold ? sum : count(groups.run),
    failed,
    errored,
    skipped: count(groups.skipped) + count(groups.pending),
    expectedFailures,
    unexpectedPasses,
    seconds: timeOf(groups),
  }
}

function timeOf({ time, unit, minutes, ms }: Groups): number {
  return (time === undefined ? 0 : seconds(time, unit)) + count(minutes) * 60 + count(ms) / 1000
}

function nameOf(groups: Groups): string {
  const { test = '', class: owner } = groups
  return (owner === undefined ? test : `${owner}.${test}`).trim()
}
