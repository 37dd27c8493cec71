/**
 * What a signature asks of one event: a line of a log (`message`) with what is known of the log (`tags`, `build_name`
 * …). The language is Lucene's query string, in which OpenStack's elastic-recheck writes its signatures.
 */
export type Query =
  /** These words one after the other; with `slop` as many other words may stand between them. */
  | { readonly kind: 'phrase'; readonly field: string; readonly text: string; readonly slop?: number }
  /** `*` is any text, `?` any character. */
  | { readonly kind: 'wildcard'; readonly field: string; readonly pattern: string }
  /** A word that so many letters tell apart. */
  | { readonly kind: 'fuzzy'; readonly field: string; readonly text: string; readonly edits: number }
  | { readonly kind: 'regex'; readonly field: string; readonly source: string }
  | { readonly kind: 'range'; readonly field: string; readonly from?: Bound; readonly to?: Bound }
  | { readonly kind: 'exists'; readonly field: string }
  | { readonly kind: 'everything' }
  | { readonly kind: 'and'; readonly of: readonly Query[] }
  | { readonly kind: 'or'; readonly of: readonly Query[] }
  | { readonly kind: 'not'; readonly of: Query }

export interface Bound {
  readonly value: string
  readonly included: boolean
}

/** Where nothing else is said. */
export const defaultField = 'message'
