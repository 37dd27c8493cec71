import { readFileSync } from 'node:fs'

/** Sends this version of the catalogue to the registry that the shop windows read. A version once sent stays. */
const root = new URL('../', import.meta.url)
const { name, version } = JSON.parse(readFileSync(new URL('package.json', root.href), 'utf8')) as {
  name: string
  version: string
}
const catalogue = readFileSync(new URL('data/catalogue.json', root.href), 'utf8')
const build = (process.env.GITHUB_SHA ?? 'by-hand').slice(0, 12)
const url = `${process.env.REGISTRY ?? 'http://127.0.0.1:4072'}/${name}/${version}-${build}`

console.log(`PUT ${url}`)
try {
  const response = await fetch(url, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: catalogue })
  if (!response.ok) throw new Error(`the registry answered HTTP ${response.status} ${response.statusText}`)
  console.log(`published ${name} ${version}-${build}`)
} catch (error) {
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : ''
  console.error(`Error: cannot publish ${name} ${version}-${build}: ${error instanceof Error ? error.message : error}${cause}`)
  process.exitCode = 1
}
