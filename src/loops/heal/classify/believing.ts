import type { Category, Diagnosis } from '../../../model/diagnosis.ts'

/** Something beside the log names the category with this probability; what the log itself tells divides the rest. */
export function believing(
  category: Category,
  p: number,
  read: Diagnosis['categories'],
): Pick<Diagnosis, 'confidence' | 'abstained' | 'categories'> {
  const own = read.find((each) => each.category === category)?.p ?? 0
  const confidence = Math.max(p, own)
  const rest = read.filter((each) => each.category !== category)
  const total = rest.reduce((sum, each) => sum + each.p, 0)
  const left = rest.map((each) => ({ ...each, p: total === 0 ? 0 : (each.p / total) * (1 - confidence) }))
  return { confidence, abstained: false, categories: [{ category, p: confidence }, ...left] }
}
