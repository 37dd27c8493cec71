const deepestFlow = 100
const mostExplicitKeys = 50
const mostCompactLevels = 30

/**
 * Would parsing this YAML from outside take far longer than reading it? The parser needs seconds for thousands of open
 * brackets and much longer for nested explicit keys (`? ? ?`); what people write has neither. Reads the text once.
 */
export function isNestedTooDeep(text: string): boolean {
  return flowDepth(text) > deepestFlow || explicitKeys(text) > mostExplicitKeys || hasCompactLevels(text)
}

/** The deepest count of brackets open at once. Quotes are not looked at: a text that only quotes brackets is refused too. */
function flowDepth(text: string): number {
  let open = 0
  let deepest = 0
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charCodeAt(index)
    if (char === 0x5b || char === 0x7b) deepest = Math.max(deepest, ++open)
    else if ((char === 0x5d || char === 0x7d) && open > 0) open -= 1
  }
  return deepest
}

function explicitKeys(text: string): number {
  let count = 0
  for (let at = text.indexOf('?'); at !== -1; at = text.indexOf('?', at + 1)) {
    const before = text[at - 1] ?? '\n'
    const after = text[at + 1] ?? '\n'
    if (/[\s[{,?:-]/.test(before) && /\s/.test(after)) count += 1
  }
  return count
}

/** `- - - - x`: a level for each dash of one line. */
function hasCompactLevels(text: string): boolean {
  return text.split('\n').some((line) => {
    let levels = 0
    for (const char of line) {
      if (char === '-') levels += 1
      else if (char !== ' ' && char !== '\t') return levels > mostCompactLevels && /^\s*- /.test(line)
    }
    return levels > mostCompactLevels && /^\s*- /.test(line)
  })
}
