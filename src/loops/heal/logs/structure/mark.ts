import type { Phase } from '../../../../model/diagnosis.ts'
import type { CiKind, SectionKind } from '../reading.ts'

/** What one line says about where the log stands: a section begins, ends, or its exit is told. */
export interface Mark {
  readonly ci: CiKind
  /** The innermost open section of this id, or of this kind, ends here with all that is open inside it. */
  readonly ends?: { readonly id: string } | { readonly kind: SectionKind }
  readonly begins?: Begin
  /** Of what ends here, or else of the innermost open command or step. */
  readonly exitCode?: number
  /** The exit code is told after the end of what it belongs to. */
  readonly exitOf?: 'ended'
  /** The time that the mark itself tells; the line's own if absent. */
  readonly atMs?: number
  /** What else the same line says, after it. */
  readonly followedBy?: Mark
}

interface Begin {
  readonly kind: SectionKind
  readonly name: string
  /** By which its end will name it. */
  readonly id?: string
  /** Without it, a section ends all that is open of its kind and below: vendors that mark no ends. */
  readonly nests?: boolean
  readonly phase?: Phase
  /** The next line of the log is a better name. */
  readonly namedByNext?: boolean
  /** Nothing begins where the innermost open section bears this name already. */
  readonly once?: boolean
}

/** One vendor's marks. `raw` is without terminal codes, `text` also without timestamp and byte order mark. */
export interface MarkReader {
  /** One of these stands in every line that is a mark. */
  readonly literals: readonly string[]
  read(line: { readonly raw: string; readonly text: string; readonly ci: CiKind | undefined }): Mark | undefined
}
