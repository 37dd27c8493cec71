import { writeFile } from 'node:fs/promises'
import { policySchema } from '../src/model/policy-schema.ts'

const target = new URL('../docs/mendline.schema.json', import.meta.url)
await writeFile(target, `${JSON.stringify(policySchema(), null, 2)}\n`)
console.log(`wrote ${target.pathname}`)
