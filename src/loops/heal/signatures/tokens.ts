/**
 * Words as Elasticsearch's standard analyser cuts them (Unicode's word boundaries, lower case): letters, digits and
 * underscores; a point, a colon or an apostrophe between two letters and a point, a comma or a semicolon between two
 * digits belong to the word. `nova.api` is one word, `screen-n-api` three.
 */
const word = /[\p{L}\p{N}\p{M}_]+(?:(?:(?<=\p{L})[.:·'’](?=\p{L})|(?<=\p{N})[.,;'’](?=\p{N}))[\p{L}\p{N}\p{M}_]+)*/gu

export function tokensOf(text: string): readonly string[] {
  return text.toLowerCase().match(word) ?? []
}

/** Tokens in one text in which a phrase is found by its own such text: each token has a blank on both sides. */
export function sequenceOf(tokens: readonly string[]): string {
  return ` ${tokens.join(' ')} `
}
