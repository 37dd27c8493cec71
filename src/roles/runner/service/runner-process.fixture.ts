import { systemClock } from '../../../base/clock.ts'
import { openStore } from '../../../engine/database/open.ts'
import { silentLogger } from '../../../engine/telemetry/logger.ts'
import { createRunner } from './runner.ts'

/** A runner in a process of its own, to be killed: `node runner-process.fixture.ts <database url> <connection> <dir>`. */
const [, , url = '', connection = '', dir = ''] = process.argv
const { db } = await openStore(url, { logger: silentLogger(), max: 4 })
createRunner({
  db,
  connection,
  name: 'the-mortal',
  slots: 1,
  dir,
  defaults: { timeoutMs: 60_000, stallAfterMs: 60_000 },
  clock: systemClock,
  logger: silentLogger(),
}).start()
