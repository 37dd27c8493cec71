import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { affected } from './affected.ts'
import { coalesce } from './coalesce.ts'
import { createFeed, type Feed } from './feed.ts'

export type Freshness =
  | { readonly kind: 'live' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'stale'; readonly since: number }

const Context = createContext<Feed | null>(null)
const commitEveryMs = 250

/** Keeps every query on screen current for as long as it is mounted. */
export function LiveUpdates({ children }: { children: ReactNode }) {
  const queries = useQueryClient()
  const [feed, setFeed] = useState<Feed | null>(null)
  useEffect(() => {
    const refresh = coalesce(
      (keys) =>
        keys === null
          ? queries.invalidateQueries()
          : Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey }))),
      commitEveryMs,
    )
    const opened = createFeed({
      url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/v1/live`,
      onRefetch: () => refresh(null),
      onChanged: (type, subject) => refresh(affected(type, subject)),
      poll: async () => {
        await queries.invalidateQueries()
        const shown = queries.getQueryCache().findAll({ type: 'active' })
        return (
          shown.length > 0 && shown.every((query) => query.state.status === 'success' && !query.state.isInvalidated)
        )
      },
    })
    setFeed(opened)
    return opened.stop
  }, [queries])
  return <Context value={feed}>{children}</Context>
}

const never = () => () => undefined

export function useFreshness(): Freshness {
  const feed = useContext(Context)
  const phase = useSyncExternalStore(feed?.subscribe ?? never, () => feed?.current().phase ?? 'connecting')
  const since = useSyncExternalStore(feed?.subscribe ?? never, () =>
    feed && phase === 'stale' ? feed.current().currentAt : 0,
  )
  return phase === 'stale' ? { kind: 'stale', since } : { kind: phase }
}
