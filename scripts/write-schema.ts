import { writeFile } from 'node:fs/promises'
import { diagnosisSchema } from '../src/contract/diagnosis.ts'
import { policySchema } from '../src/model/policy-schema.ts'

const schemas = { 'mendline.schema.json': policySchema(), 'diagnosis.schema.json': diagnosisSchema() }
for (const [name, schema] of Object.entries(schemas)) {
  const target = new URL(`../docs/${name}`, import.meta.url)
  await writeFile(target, `${JSON.stringify(schema, null, 2)}\n`)
  console.log(`wrote ${target.pathname}`)
}
