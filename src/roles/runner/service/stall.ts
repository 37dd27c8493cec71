import { redactText } from '../../../loops/heal/logs/redact.ts'
import type { Stall } from '../../../model/run.ts'

/** The evidence of a hang is stored, sent and shown: a token on a command line must not be. */
export function withoutSecrets(stall: Stall): Stall {
  return {
    ...stall,
    lastLine: redactText(stall.lastLine),
    processes: stall.processes.map((process) => ({ ...process, command: redactText(process.command) })),
  }
}
