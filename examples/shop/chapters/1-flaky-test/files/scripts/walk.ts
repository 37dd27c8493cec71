import { setTimeout as pause } from 'node:timers/promises'
import { portFor } from '../src/server.ts'

/** Walks through an open shop at the pace of a person and looks at everything. */
const shop = `http://127.0.0.1:${portFor(process.env.PORT)}`
const pages = ['/catalogue', '/bill?mug=1', '/bill?mug=1&lamp=1', '/bill?thread=3', '/catalogue', '/bill?needle=2']

for (const page of pages) {
  await pause(700)
  const response = await fetch(`${shop}${page}`)
  console.log(`${response.status} ${page}`)
  if (!response.ok) throw new Error(`${page} answered HTTP ${response.status}`)
}
