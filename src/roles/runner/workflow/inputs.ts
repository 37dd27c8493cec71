import type { InputDefinition } from './workflow.ts'

export type Inputs = Readonly<Record<string, string | number | boolean>>

/** The inputs of a manual run, checked against their definitions and typed as the `inputs` context shows them. Pure. */
export function checkInputs(
  definitions: Readonly<Record<string, InputDefinition>>,
  given: Readonly<Record<string, unknown>>,
): { inputs: Inputs; problems: readonly string[] } {
  const problems: string[] = []
  const inputs: Record<string, string | number | boolean> = {}
  for (const name of Object.keys(given))
    if (!Object.hasOwn(definitions, name)) problems.push(`input '${name}' is not defined by the workflow`)
  for (const [name, definition] of Object.entries(definitions)) {
    const raw = Object.hasOwn(given, name) ? given[name] : definition.default
    if (raw === undefined || raw === '') {
      if (definition.required) problems.push(`input '${name}' is required and was not given`)
      inputs[name] = emptyValue(definition.type)
      continue
    }
    const value = typed(definition, raw)
    if (value === undefined)
      problems.push(`input '${name}' is ${JSON.stringify(raw)}, which is not ${wanted(definition)}`)
    else inputs[name] = value
  }
  return { inputs, problems }
}

function typed({ type, options }: InputDefinition, raw: unknown): string | number | boolean | undefined {
  const text = String(raw)
  switch (type) {
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined
    case 'choice':
      return options?.includes(text) ? text : undefined
    case 'string':
    case 'environment':
      return text
    default:
      return type satisfies never
  }
}

function emptyValue(type: InputDefinition['type']): string | number | boolean {
  return type === 'boolean' ? false : type === 'number' ? 0 : ''
}

function wanted({ type, options }: InputDefinition): string {
  return type === 'choice' ? `one of ${options?.join(', ') ?? ''}` : `a ${type}`
}
