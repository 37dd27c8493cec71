import { Invalid } from '../../../../base/errors.ts'

/** What a step gave to one of our own actions. Names ignore case. */
export interface ActionInputs {
  text(name: string, otherwise?: string): string
  flag(name: string, otherwise: boolean): boolean
  lines(name: string): readonly string[]
  required(name: string): string
}

export function createInputs(given: Readonly<Record<string, string>>): ActionInputs {
  const values = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]))
  const text = (name: string, otherwise = '') => values.get(name)?.trim() || otherwise
  return {
    text,
    lines: (name) =>
      text(name)
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    flag(name, otherwise) {
      const value = text(name).toLowerCase()
      if (value === '') return otherwise
      if (value === 'true' || value === 'false') return value === 'true'
      throw new Invalid(`the input '${name}' must be true or false, not '${value}'`)
    },
    required(name) {
      const value = text(name)
      if (value === '') throw new Invalid(`Input required and not supplied: ${name}`)
      return value
    },
  }
}
