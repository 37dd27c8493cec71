import { parentPort, workerData } from 'node:worker_threads'
import { answerCase } from './one-case.ts'

/** What runs in each thread of `case-threads.ts`: a line comes in, its answer goes out. */
const base = String(workerData)
parentPort?.on('message', async (line: string) => parentPort?.postMessage(await answerCase(line, base)))
