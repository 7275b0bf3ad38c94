import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import { isEnded } from '../rules'
import type { StartedRun } from '../schema'
import type {
  JudgedCasePage,
  JudgingEstimate,
  JudgingEstimateInput,
  SecondOpinion,
  StartJudgingInput,
} from './schema'

const POLL_MS = 1_000

const path = (slug: string, runId: string) => `/api/projects/${slug}/runs/${runId}/judging`

/** Below the key of runs, so that pausing and stopping a judge is seen here too. */
const key = (slug: string, runId: string) => ['projects', slug, 'runs', runId, 'judging'] as const

/**
 * Asks again every second while a judge is at work. Whether the run has ended is part of the key: only
 * then is it known what there is to judge.
 */
export const secondOpinionQuery = (slug: string, runId: string, ended: boolean) =>
  queryOptions({
    queryKey: [...key(slug, runId), { ended }],
    queryFn: () => api.get<SecondOpinion>(path(slug, runId)),
    refetchInterval: ({ state }) =>
      state.data?.judges.some(({ status }) => !isEnded(status) && status !== 'paused')
        ? POLL_MS
        : false,
  })

export const judgingEstimateQuery = (slug: string, runId: string, choice: JudgingEstimateInput) =>
  queryOptions({
    queryKey: [...key(slug, runId), 'estimate', choice],
    queryFn: () =>
      api.get<JudgingEstimate>(`${path(slug, runId)}/estimate?${new URLSearchParams(choice)}`),
    enabled: choice.modelId.trim() !== '',
    placeholderData: (former) => former,
  })

/** Whoever opens it has seen the labels of these cases. `done` is part of the key: it grows. */
export const judgedWrongQuery = (
  slug: string,
  runId: string,
  { judgeId, done }: { judgeId: string; done: number },
) =>
  infiniteQueryOptions({
    queryKey: [...key(slug, runId), judgeId, done],
    queryFn: ({ pageParam }) => {
      const query = pageParam ? `?${new URLSearchParams({ after: pageParam })}` : ''
      return api.get<JudgedCasePage>(`${path(slug, runId)}/${judgeId}/wrong${query}`)
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

export function useStartJudging(slug: string, runId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: StartJudgingInput) => api.post<StartedRun>(path(slug, runId), input),
    onSettled: () => client.invalidateQueries({ queryKey: key(slug, runId) }),
  })
}
