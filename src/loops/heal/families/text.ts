import type { Diagnosis } from '../../../model/diagnosis.ts'
import { masked } from '../logs/mask.ts'

/** What a failure says, masked, for comparing it with others: the first lines of the excerpt that tells it best. */
export function textOf({ excerpts }: Pick<Diagnosis, 'excerpts'>): string {
  const lines = excerpts[0]?.text ?? []
  return lines
    .filter((line) => line.trim() !== '')
    .slice(0, 8)
    .map((line) => masked(line).slice(0, 200))
    .join('\n')
}
