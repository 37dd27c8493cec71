import type { Tally } from './tally.ts'

/** Languages whose tools run each other's tests. */
export type Family =
  | 'jvm'
  | 'python'
  | 'javascript'
  | 'native'
  | 'go'
  | 'rust'
  | 'ruby'
  | 'php'
  | 'dotnet'
  | 'swift'
  | 'beam'
  | 'other'

/** How one tool tells its results. One file for each family of tools; `tools.ts` lists them. */
export interface Tool {
  /** As people call it. */
  readonly name: string
  readonly family: Family
  /** One of these, of at least four bytes, stands in every line that the reading wants to see unasked. */
  readonly literals: readonly string[]
  /** Begins to read a log. */
  read(): ToolReading
}

/** Reads a log's lines in their order and keeps bounded memory. */
export interface ToolReading {
  /** A line as a person sees it that holds one of the literals, or any line while the reading `follows`. */
  see(line: string): void
  /** Inside a block: the next line is wanted whatever it holds. */
  follows?(): boolean
  /** What was read; `undefined` when the tool did not speak. */
  end(): ToolResults | undefined
}

export interface ToolResults {
  /** It builds and runs other tools' tests: it names the log's tool even where no test ran. */
  readonly builds?: boolean
  /** The name, where the lines say it more exactly than the tool's own. */
  readonly tool?: string
  /** Tools that count for it: where one of them told counts, these are told already. */
  readonly within?: readonly string[]
  /** What ran the tests; the tool itself when absent. */
  readonly framework?: string
  /** Undefined when no test ran. */
  readonly tally?: Tally | undefined
  readonly failing: readonly string[]
  /** It shows only what failed: how many ran is not known. */
  readonly onlyFailures?: boolean
  /** What the whole command took, of a tool that does not tell what the tests took. */
  readonly seconds?: number
}
