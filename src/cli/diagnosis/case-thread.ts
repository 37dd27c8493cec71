import { parentPort, workerData } from 'node:worker_threads'
import type { CaseSettings } from './case-threads.ts'
import { loadSignatures } from './load-signatures.ts'
import { answerCase } from './one-case.ts'

/** What runs in each thread of `case-threads.ts`: a line comes in, its answer goes out. */
const { base, signatures } = workerData as CaseSettings
const known = loadSignatures(signatures, () => {})
parentPort?.on('message', async (line: string) => parentPort?.postMessage(await answerCase(line, base, await known)))
