import { useState } from 'react'

/** A choice that this browser remembers, where it may. */
export function useSetting<Value extends string>(name: string, otherwise: Value) {
  const [value, setValue] = useState<Value>(() => recall(name) ?? otherwise)
  const choose = (next: Value) => {
    setValue(next)
    try {
      localStorage.setItem(name, next)
    } catch {
      // Storage may be forbidden; the choice then lasts as long as the page.
    }
  }
  return [value, choose] as const
}

function recall<Value extends string>(name: string): Value | null {
  try {
    return localStorage.getItem(name) as Value | null
  } catch {
    return null
  }
}
