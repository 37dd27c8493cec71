import { parseArgs } from 'node:util'
import { startGithub } from './lookalike.ts'

/** `node test/github/main.ts [--port N]`: the look-alike as its own process. Prints one line of JSON when it is ready. */
const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } })
const { url, token, app } = await startGithub({ port: Number(values.port) })
process.stdout.write(`${JSON.stringify({ url, token, app })}\n`)
