import {
  keepPreviousData,
  QueryCache,
  QueryClient,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { FamilyList, FamilyView, ModelList } from '../../../src/contract/learning.ts'
import type { NewLabel } from '../../../src/contract/requests.ts'
import type {
  AutonomyView,
  EventList,
  HealingList,
  HealingView,
  IncidentView,
  LogView,
  NowView,
  PermitView,
  RunList,
  RunView,
  StopView,
  StuckList,
} from '../../../src/contract/views.ts'
import type { Key } from './affected.ts'
import { ApiError, read, send } from './request.ts'

export function createQueries(): QueryClient {
  const client = new QueryClient({
    // Whichever question finds out that the session has ended, the one that the sign-in page hangs on must hear of it.
    queryCache: new QueryCache({
      onError: (error, query) => {
        const isEnd = error instanceof ApiError && error.status === 401 && query.queryKey[0] !== 'stop'
        if (isEnd) void client.invalidateQueries({ queryKey: ['stop'] })
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        retry: (failures, error) =>
          failures < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
        retryDelay: (failures) => 300 * 2 ** failures,
      },
    },
  })
  return client
}

const path = (strings: TemplateStringsArray, ...ids: string[]) =>
  String.raw({ raw: strings }, ...ids.map(encodeURIComponent))

function search(words: Record<string, string | number | null | undefined>): string {
  const given = Object.entries(words).flatMap(([key, value]) =>
    value == null || value === '' ? [] : [[key, `${value}`]],
  )
  return given.length > 0 ? `?${new URLSearchParams(given)}` : ''
}

const one = <View>(queryKey: Key, address: string) =>
  queryOptions({ queryKey, queryFn: ({ signal }) => read<View>(address, signal) })

export const useNow = () => useQuery(one<NowView>(['now'], '/v1/now'))
export const useStop = () => useQuery(one<StopView>(['stop'], '/v1/stop'))
export const useAutonomy = () => useQuery(one<AutonomyView>(['autonomy'], '/v1/autonomy'))
/** Flows that failed for good make no event; they are looked for now and then. */
export const useStuck = () => useQuery({ ...one<StuckList>(['stuck'], '/v1/flows/stuck'), refetchInterval: 30_000 })
export const useHealing = (id: string) => useQuery(one<HealingView>(['healing', id], path`/v1/healings/${id}`))
export const useRun = (id: string, attempt: number | null) =>
  useQuery({
    ...one<RunView>(['run', id, attempt], `${path`/v1/runs/${id}`}${search({ attempt })}`),
    placeholderData: keepPreviousData,
  })

/** A list that grows downwards by `next`. */
function usePages<Page extends { next: string | null }>(
  key: Key,
  address: string,
  words: Record<string, string | null>,
) {
  return useInfiniteQuery({
    queryKey: [...key, words],
    queryFn: ({ signal, pageParam }) => read<Page>(`${address}${search({ ...words, before: pageParam })}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
}

export const useRuns = (words: { repository: string | null; pipeline: string | null }) =>
  usePages<RunList>(['runs'], '/v1/runs', words)
export const useHealings = (outcome: string | null) => usePages<HealingList>(['healings'], '/v1/healings', { outcome })
export const useEvents = (words: { type: string | null; subject: string | null; correlation: string | null }) =>
  usePages<EventList>(['events'], '/v1/events', words)

export const useFamilies = (state: string | null) => usePages<FamilyList>(['families'], '/v1/families', { state })
export const useFamily = (id: string) => useQuery(one<FamilyView>(['family', id], path`/v1/families/${id}`))
export const useModels = () => useQuery(one<ModelList>(['models'], '/v1/models'))

/** A range of a log; without `from`, the lines around the failure. */
export const logRange = (runId: string, jobId: string, from: number | null, lines: number | null) =>
  one<LogView>(['log', runId, jobId, from, lines], `${path`/v1/jobs/${jobId}/log`}${search({ from, lines })}`)
export const logText = (jobId: string) => path`/v1/jobs/${jobId}/log.txt`

/** An act of a person. Whatever comes of it, what is on screen is read again. */
function useAct<Asked, Answer>(act: (asked: Asked) => Promise<Answer>) {
  const queries = useQueryClient()
  return useMutation({ mutationFn: act, onSettled: () => void queries.invalidateQueries() })
}

export const useApprove = () => useAct((id: string) => send<PermitView>('POST', path`/v1/permits/${id}/approve`))
export const useRefuse = () =>
  useAct(({ id, why }: { id: string; why: string }) =>
    send<PermitView>('POST', path`/v1/permits/${id}/refuse`, { why }),
  )
export const useResolve = () =>
  useAct(({ id, why }: { id: string; why: string }) =>
    send<IncidentView>('POST', path`/v1/incidents/${id}/resolve`, { why }),
  )
export const useLabelHealing = () =>
  useAct(({ id, label }: { id: string; label: NewLabel }) =>
    send<HealingView>('POST', path`/v1/healings/${id}/label`, label),
  )
export const useLabelFamily = () =>
  useAct(({ id, label }: { id: string; label: NewLabel }) =>
    send<FamilyView>('POST', path`/v1/families/${id}/label`, label),
  )
export const useUseModel = () =>
  useAct((version: string) => send<ModelList>('POST', path`/v1/models/${version}/use`, {}))
export const useSendAgain = () => useAct((id: string) => send<StuckList>('POST', path`/v1/flows/${id}/again`))
export const useEngageStop = () => useAct((why: string) => send<StopView>('POST', '/v1/stop', { why }))
export const useReleaseStop = () => useAct((_: null) => send<StopView>('POST', '/v1/resume'))
export const useSetMode = () =>
  useAct((row: Pick<AutonomyView['rows'][number], 'repository' | 'remedy' | 'mode'>) =>
    send<AutonomyView>('PUT', '/v1/autonomy', row),
  )
