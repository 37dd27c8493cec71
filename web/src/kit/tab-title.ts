import { createContext, useContext, useEffect } from 'react'

/** How many things wait for a person: every page's title begins with it, for a glance at the tab. */
export const NeedsYou = createContext(0)

export function useTabTitle(page: string) {
  const needs = useContext(NeedsYou)
  useEffect(() => {
    document.title = `${needs > 0 ? `(${needs}) ` : ''}${page === 'Now' ? '' : `${page} · `}Mendline`
  }, [needs, page])
}
