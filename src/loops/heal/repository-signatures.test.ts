import { expect, it } from 'vitest'
import { signaturesOf } from './repository-signatures.ts'

it('what is wrong with the file is told without the secret that stands there', async () => {
  const token = `ghp${'_'}aB3dE5gH7jK9mN1pQ3sT5vW7yZ9`
  const file = async () => `signatures:\n  - id: port-taken\n    query: "message:taken"\n    ${token}: 1\n`
  expect((await signaturesOf({ file }, 'acme/shop')).problems).toEqual([
    '.mendline/signatures.yml, line 4: nothing is known as "***"',
  ])
})
