import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { StartedRun } from '@/lib/runs/schema'
import { versionsKey, versionsPath } from '../queries'
import { isUnderWay } from './rules'
import type { TrialView } from './schema'

const POLL_MS = 1_000

/** Asks again every second while one of its runs is at work. */
export const trialQuery = (slug: string, ref: string) =>
  queryOptions({
    queryKey: [...versionsKey(slug), ref, 'trial'],
    queryFn: () => api.get<TrialView>(`${versionsPath(slug)}/${ref}/trial`),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? POLL_MS : false),
  })

/** Runs each of the versions over dev, the same cases for all: the first `limit` by random rank. */
export function useStartTrial(slug: string, ref: string) {
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
        client.invalidateQueries({ queryKey: trialQuery(slug, ref).queryKey }),
        client.invalidateQueries({ queryKey: ['projects', slug, 'runs'] }),
      ]),
  })
}
