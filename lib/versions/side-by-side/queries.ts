import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { StartedRun } from '@/lib/runs/schema'
import { versionsKey, versionsPath } from '../queries'
import { isUnderWay } from './rules'
import type { SideBySideView } from './schema'

const POLL_MS = 1_000

const key = (slug: string) => [...versionsKey(slug), 'side-by-side'] as const

/** `of`: versions as they are named in addresses. Asks again every second while a run is at work. */
export const sideBySideQuery = (slug: string, base: string, of: readonly string[]) =>
  queryOptions({
    queryKey: [...key(slug), base, of.join(',')],
    queryFn: () => {
      const query = new URLSearchParams({ base, of: of.join(',') })
      return api.get<SideBySideView>(`${versionsPath(slug)}/side-by-side?${query}`)
    },
    enabled: base !== '' && of.length > 0,
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? POLL_MS : false),
  })

/** Runs each of the versions over dev, the same cases for all: the first `limit` by random rank. */
export function useStartRuns(slug: string) {
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
        client.invalidateQueries({ queryKey: key(slug) }),
        client.invalidateQueries({ queryKey: ['projects', slug, 'runs'] }),
      ]),
  })
}
