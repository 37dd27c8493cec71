import type { PolicyReading } from '../../model/policy.ts'
import { redactText } from './logs/redact.ts'

/** What people are told of the policy that was read. It quotes the file, and anything can stand in a file. */
export function policyNotes(reading: PolicyReading): readonly string[] {
  return (reading.kind === 'broken' ? reading.problems : reading.notices).map(redactText)
}
