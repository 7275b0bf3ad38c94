import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { StartedRun } from '@/lib/runs/schema'
import { versionsKey, versionsPath } from '../queries'
import { isUnderWay } from './rules'
import type { PinnedContent, Side, TrialCasePage, TrialView } from './schema'

const POLL_MS = 1_000

/** Asks again every second while one of its runs is at work. */
export const trialQuery = (slug: string, ref: string) =>
  queryOptions({
    queryKey: [...versionsKey(slug), ref, 'trial'],
    queryFn: () => api.get<TrialView>(`${versionsPath(slug)}/${ref}/trial`),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? POLL_MS : false),
  })

type TrialCasesChoice = {
  side: Side
  category: string | null
  /** The two runs compared: another trial has other lists. */
  runs: readonly string[]
}

export const trialCasesQuery = (
  slug: string,
  ref: string,
  { side, category, runs }: TrialCasesChoice,
) =>
  infiniteQueryOptions({
    queryKey: [...versionsKey(slug), ref, 'trial', 'cases', side, category, ...runs],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({ side })
      if (category) query.set('category', category)
      if (pageParam) query.set('after', pageParam)
      return api.get<TrialCasePage>(`${versionsPath(slug)}/${ref}/trial/cases?${query}`)
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: (former) => former,
  })

/** What the draft said when its trial was started. */
export const pinnedContentQuery = (slug: string, ref: string, runId: string) =>
  queryOptions({
    queryKey: [...versionsKey(slug), ref, 'trial', 'content', runId],
    queryFn: () => api.get<PinnedContent>(`${versionsPath(slug)}/${ref}/trial/content`),
  })

/** Runs each of the versions over dev, the same cases for all: the first `limit` by random rank. */
export function useStartTrial(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ versionIds, limit }: { versionIds: string[]; limit: number | null }) => {
      for (const versionId of versionIds) {
        const body = { versionId, pool: 'dev', limit }
        await api.post<StartedRun>(`/api/projects/${slug}/runs`, body)
      }
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: versionsKey(slug) }),
        client.invalidateQueries({ queryKey: ['projects', slug, 'runs'] }),
      ]),
  })
}
