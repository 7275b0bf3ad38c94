import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { z } from 'zod'
import { api } from '@/lib/platform/http'
import { isEnded } from './rules'
import {
  type EstimateInput,
  runEstimate,
  runOptions,
  runSummary,
  runView,
  type StartRunInput,
  type SuggestionStatus,
  startedRun,
  suggestionPage,
} from './schema'

const POLL_MS = 1_000

const key = (slug: string) => ['projects', slug, 'runs'] as const
const path = (slug: string) => `/api/projects/${slug}/runs`

/** Asks again every second while a run is at work. */
export const runsQuery = (slug: string) =>
  queryOptions({
    queryKey: key(slug),
    queryFn: () => api.get(path(slug), z.array(runSummary)),
    refetchInterval: ({ state }) =>
      state.data?.some(({ status }) => !isEnded(status)) ? POLL_MS : false,
  })

export const runQuery = (slug: string, runId: string) =>
  queryOptions({
    queryKey: [...key(slug), runId],
    queryFn: () => api.get(`${path(slug)}/${runId}`, runView),
    refetchInterval: ({ state }) =>
      state.data === undefined || isEnded(state.data.status) ? false : POLL_MS,
  })

export const runOptionsQuery = (slug: string) =>
  queryOptions({
    queryKey: [...key(slug), 'options'],
    queryFn: () => api.get(`${path(slug)}/options`, runOptions),
  })

export const estimateQuery = (slug: string, { versionId, pool, limit }: EstimateInput) =>
  queryOptions({
    queryKey: [...key(slug), 'estimate', versionId, pool, limit],
    queryFn: () => {
      const query = new URLSearchParams({ versionId, pool, limit: String(limit ?? 'all') })
      return api.get(`${path(slug)}/estimate?${query}`, runEstimate)
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
      return api.get(`${path(slug)}/${runId}/suggestions?${query}`, suggestionPage)
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: (former) => former,
  })

export function useStartRun(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: StartRunInput) => api.post(path(slug), input, startedRun),
    onSuccess: () => client.invalidateQueries({ queryKey: key(slug) }),
  })
}

export function useStopRun(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (runId: string) => api.post(`${path(slug)}/${runId}/stop`, {}, z.null()),
    onSuccess: () => client.invalidateQueries({ queryKey: key(slug) }),
  })
}
