import type { Article } from './catalogue.ts'

/** The whole picture in memory, four bytes for each pixel. */
export function drawPoster(articles: readonly Article[], width: number, height: number): Uint8Array {
  const picture = new Uint8Array(width * height * 4)
  const pixels = new Uint32Array(picture.buffer)
  const total = articles.reduce((sum, article) => sum + article.cents, 0)
  let top = 0
  for (const [index, article] of articles.entries()) {
    const isLast = index === articles.length - 1
    const bottom = isLast ? height : top + Math.round((height * article.cents) / total)
    pixels.fill(colourOf(index, articles.length), top * width, bottom * width)
    top = bottom
  }
  return picture
}

/** From indigo to gold, opaque; little-endian, so the bytes lie as red, green, blue, alpha. */
function colourOf(index: number, count: number): number {
  const share = count === 1 ? 0 : index / (count - 1)
  const mix = (from: number, to: number) => Math.round(from + (to - from) * share)
  return ((0xff << 24) | (mix(0x8a, 0x37) << 16) | (mix(0x3f, 0xaf) << 8) | mix(0x2e, 0xd4)) >>> 0
}
