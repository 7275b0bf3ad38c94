import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import { isEnded } from './rules'
import type {
  EstimateInput,
  ResumeInput,
  Revealed,
  RevealInput,
  RunEstimate,
  RunOptions,
  RunSummary,
  RunView,
  StartedRun,
  StartRunInput,
  SuggestionPage,
  SuggestionStatus,
} from './schema'

const POLL_MS = 1_000

const key = (slug: string) => ['projects', slug, 'runs'] as const
const path = (slug: string) => `/api/projects/${slug}/runs`

/** Asks again every second while a run is at work. */
export const runsQuery = (slug: string) =>
  queryOptions({
    queryKey: key(slug),
    queryFn: () => api.get<RunSummary[]>(path(slug)),
    refetchInterval: ({ state }) =>
      state.data?.some(({ status }) => !isEnded(status)) ? POLL_MS : false,
  })

export const runQuery = (slug: string, runId: string) =>
  queryOptions({
    queryKey: [...key(slug), runId],
    queryFn: () => api.get<RunView>(`${path(slug)}/${runId}`),
    refetchInterval: ({ state }) =>
      state.data === undefined || isEnded(state.data.status) ? false : POLL_MS,
  })

const SORTING_MS = 2_000

export const runOptionsQuery = (slug: string) =>
  queryOptions({
    queryKey: [...key(slug), 'options'],
    queryFn: () => api.get<RunOptions>(`${path(slug)}/options`),
    // Cases that an import has just brought get their pools while one looks on.
    refetchInterval: ({ state }) => (state.data && state.data.waiting > 0 ? SORTING_MS : false),
  })

export const estimateQuery = (
  slug: string,
  { versionId, pool, limit, mode = 'on_demand' }: EstimateInput,
) =>
  queryOptions({
    queryKey: [...key(slug), 'estimate', versionId, pool, limit, mode],
    queryFn: () => {
      const query = new URLSearchParams({ versionId, pool, limit: String(limit ?? 'all'), mode })
      return api.get<RunEstimate>(`${path(slug)}/estimate?${query}`)
    },
    enabled: versionId !== '',
  })

/** `ended` cases are part of the key, so that the list follows a run at work. */
export const suggestionsQuery = (
  slug: string,
  runId: string,
  { status, ended }: { status: SuggestionStatus | null; ended: number },
) =>
  infiniteQueryOptions({
    queryKey: [...key(slug), runId, 'suggestions', status, ended],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams()
      if (status) query.set('status', status)
      if (pageParam) query.set('after', pageParam)
      return api.get<SuggestionPage>(`${path(slug)}/${runId}/suggestions?${query}`)
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: (former) => former,
  })

/**
 * Shows what pages of the list hide, page by page, and gives how many cases that were. Also where one
 * page fails, those before it are shown, and out of this person's queue.
 */
export function useReveal(slug: string, runId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (pages: RevealInput[]) => {
      let all = 0
      for (const page of pages) {
        const { shown } = await api.post<Revealed>(
          `${path(slug)}/${runId}/suggestions/reveal`,
          page,
        )
        all += shown
      }
      return all
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['projects', slug] }),
  })
}

export function useStartRun(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: StartRunInput) => api.post<StartedRun>(path(slug), input),
    onSuccess: () => client.invalidateQueries({ queryKey: key(slug) }),
  })
}

export function usePauseRun(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (runId: string) => api.post<null>(`${path(slug)}/${runId}/pause`, {}),
    onSuccess: () => client.invalidateQueries({ queryKey: key(slug) }),
  })
}

export function useResumeRun(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ runId, ...limits }: ResumeInput & { runId: string }) =>
      api.post<null>(`${path(slug)}/${runId}/resume`, limits),
    onSuccess: () => client.invalidateQueries({ queryKey: key(slug) }),
  })
}

export function useStopRun(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (runId: string) => api.post<null>(`${path(slug)}/${runId}/stop`, {}),
    onSuccess: () => client.invalidateQueries({ queryKey: key(slug) }),
  })
}

/** What batch jobs have left open is asked on demand. */
export function useAskRest(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (runId: string) => api.post<null>(`${path(slug)}/${runId}/rest`, {}),
    onSuccess: () => client.invalidateQueries({ queryKey: key(slug) }),
  })
}
