import { readFileSync } from 'node:fs'

export interface Article {
  readonly id: string
  readonly title: string
  readonly cents: number
  readonly stock: number
}

/** Everything on the shelves, in the order of the shelves. */
export function readCatalogue(file: string | URL = new URL('../data/catalogue.json', import.meta.url)): Article[] {
  const articles = JSON.parse(readFileSync(file, 'utf8')) as Article[]
  for (const { id, cents } of articles) {
    if (!Number.isInteger(cents) || cents < 0) throw new Error(`article ${id} has no honest price: ${cents}`)
  }
  return articles
}

export function findArticle(articles: readonly Article[], id: string): Article {
  const article = articles.find((candidate) => candidate.id === id)
  if (article === undefined) throw new Error(`there is no article ${id}`)
  return article
}
