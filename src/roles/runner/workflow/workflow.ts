/**
 * A workflow as it stands in its file: plain data that survives JSON, expressions still as text. Positions stay with
 * the things a person may have to look up.
 */
export interface Workflow {
  /** Path in the repository, such as `.github/workflows/ci.yml`. */
  readonly path: string
  /** The `name` of the file, else its path. */
  readonly name: string
  readonly runName?: string | undefined
  readonly on: Triggers
  readonly env: Template
  readonly defaults: RunDefaults
  /** In the order of the file. */
  readonly jobs: readonly JobDefinition[]
}

/** A value that may hold `${{ }}` anywhere inside. */
export type Template = null | boolean | number | string | readonly Template[] | { readonly [key: string]: Template }

export interface RunDefaults {
  readonly shell?: string | undefined
  readonly workingDirectory?: string | undefined
}

/** The events a workflow hears, by name; a push without filters is an empty filter. */
export type Triggers = Readonly<Record<string, EventFilter>>

export interface EventFilter {
  readonly branches?: readonly string[] | undefined
  readonly branchesIgnore?: readonly string[] | undefined
  readonly tags?: readonly string[] | undefined
  readonly tagsIgnore?: readonly string[] | undefined
  readonly paths?: readonly string[] | undefined
  readonly pathsIgnore?: readonly string[] | undefined
  readonly types?: readonly string[] | undefined
  readonly inputs?: Readonly<Record<string, InputDefinition>> | undefined
}

export interface InputDefinition {
  readonly type: 'string' | 'boolean' | 'number' | 'choice' | 'environment'
  readonly required: boolean
  readonly default?: string | number | boolean | undefined
  readonly options?: readonly string[] | undefined
}

export interface JobDefinition {
  readonly key: string
  readonly name?: string | undefined
  readonly needs: readonly string[]
  readonly if?: Template | undefined
  readonly runsOn: Template
  readonly env: Template
  readonly defaults: RunDefaults
  readonly strategy?: StrategyDefinition | undefined
  readonly outputs: Readonly<Record<string, Template>>
  readonly continueOnError?: Template | undefined
  readonly timeoutMinutes?: Template | undefined
  readonly steps: readonly StepDefinition[]
  /** A reusable workflow is called instead of steps. */
  readonly uses?: string | undefined
  /** A container was asked for: the job cannot run on a host. */
  readonly container?: boolean | undefined
  readonly line: number
}

interface StrategyDefinition {
  readonly matrix?: Template | undefined
  readonly failFast?: Template | undefined
  readonly maxParallel?: Template | undefined
}

export type StepDefinition = StepCommon &
  (
    | {
        readonly run: string
        readonly shell?: string | undefined
        readonly workingDirectory?: string | undefined
        readonly uses?: undefined
      }
    | { readonly uses: string; readonly with: Readonly<Record<string, Template>>; readonly run?: undefined }
  )

interface StepCommon {
  /** Only what the author wrote; unnamed steps have none. */
  readonly id?: string | undefined
  readonly name?: string | undefined
  readonly if?: Template | undefined
  readonly env: Template
  readonly continueOnError?: Template | undefined
  readonly timeoutMinutes?: Template | undefined
  readonly line: number
}

/** Something in the file that is wrong, or that we read and will not do. Lines and columns count from 1. */
export interface Problem {
  readonly severity: 'error' | 'not-honoured'
  readonly line: number
  readonly column: number
  /** What, and for `not-honoured` also with what consequence. */
  readonly sentence: string
}
