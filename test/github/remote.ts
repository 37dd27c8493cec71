import type { Control } from './lookalike.ts'

/** The controls of a look-alike that runs in another process, and so keeps its counts when ours are killed. */
export function controlGithub(url: string): Control {
  return new Proxy({} as Control, { get: (_target, name) => (name === 'then' ? undefined : caller(url, String(name))) })
}

function caller(url: string, name: string) {
  return async (...args: unknown[]) => {
    const response = await fetch(`${url}/_control/${name}`, { method: 'POST', body: JSON.stringify(args) })
    const text = await response.text()
    if (!response.ok) throw new Error(`the look-alike cannot ${name}: ${text}`)
    return (JSON.parse(text) as { value?: unknown }).value
  }
}
