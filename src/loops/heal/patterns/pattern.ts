import type { Category, Phase, Transience } from '../../../model/diagnosis.ts'

/**
 * What a line says about a failure. Plain data: a file per family of tools, tested by its own examples, free of code.
 *
 * - `cause`: names what broke; worth showing, and votes for its category.
 * - `hint`: bears on the cause but rarely is it alone (a summary, a wrapper's complaint, a bare "error").
 * - `exit`: the vendor or a shell says how a command ended; marks the place, names no cause.
 * - `result`: counts and names of tests.
 * - `noise`: looks like an error and is none; silences the other patterns on its line.
 */
export type Role = 'cause' | 'hint' | 'exit' | 'result' | 'noise'

export interface Pattern {
  /** `family.name`, unique, stable: outcomes are remembered under it. */
  readonly id: string
  readonly role: Role
  /** The program that speaks, if it is known by the line. */
  readonly tool?: string
  /** Programs of which some say the same: the first whose sign stands in the line is the one that speaks, else `tool`. */
  readonly otherTools?: readonly { readonly sign: string; readonly tool: string }[]
  /** One of these stands in every line that the regex matches, case and all. Short, rare ones make reading fast. */
  readonly literals: readonly string[]
  /**
   * Tested against the line as a person sees it: without timestamp, terminal codes and the vendor's marker. Linear
   * time. Named groups: file, line, column, test, exitCode, retryAfter, run, passed, failed, errors, skipped.
   */
  readonly regex: RegExp
  readonly category?: Category
  /** How surely such a line is the first cause, 0 to 1. */
  readonly weight: number
  readonly phase?: Phase
  /** Overrides what the category says beforehand. */
  readonly transience?: { readonly verdict: Transience; readonly why: string }
  /** Tested against the line with the vendor's marker (`##[error]`, `::error`) still on it. */
  readonly marked?: boolean
  /**
   * Lines that belong to it beyond the stack trace or indented block below it: up to before the line that is `until`,
   * or with the line that is `through`, at most `after` of them.
   */
  readonly span?: {
    readonly before?: number
    readonly after?: number
    readonly until?: RegExp
    readonly through?: RegExp
  }
  /** What it means, for people: "the TypeScript compiler rejects the code". */
  readonly says?: string
  readonly examples: { readonly matches: readonly string[]; readonly not: readonly string[] }
}
