import { mineTemplates } from '../templates/miner.ts'

const mostTexts = 500
const longest = 300

/**
 * What the failures of a family have in common: the template of their first lines, with `<*>` for what varies. The one
 * that most of them have, when they have several; empty when none of them says anything.
 */
export function commonText(texts: readonly string[]): string {
  const lines = texts
    .slice(0, mostTexts)
    .map((text) => (text.split('\n', 1)[0] ?? '').replace(masks, '<*>'))
    .filter((line) => line !== '')
  const [best] = mineTemplates(lines).templates.toSorted((a, b) => b.count - a.count)
  return best === undefined ? '' : best.text.slice(0, longest)
}

/** What masking left of a value, with the names that end a masked path. */
const masks = /<(?:url|uuid|time|ip|n|duration|size|name|id|temp)>|<path>(?:\/[^\s/'"<>]{1,100}){0,2}/g
