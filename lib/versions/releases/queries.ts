import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { StartedRun } from '@/lib/runs/schema'
import type { StartedLabelling } from '@/lib/runs/unlabelled/schema'
import { versionsKey, versionsPath } from '../queries'
import type { GateView, ReleaseView } from './schema'

const POLL_MS = 1_000

const releasesPath = (slug: string) => `/api/projects/${slug}/releases`

export const releasesQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'releases'],
    queryFn: () => api.get<ReleaseView[]>(releasesPath(slug)),
  })

/** Asks again every second while the test run is at work, and until a finished one has its score. */
export const gateQuery = (slug: string, ref: string) =>
  queryOptions({
    queryKey: [...versionsKey(slug), ref, 'gate'],
    queryFn: () => api.get<GateView>(`${versionsPath(slug)}/${ref}/gate`),
    refetchInterval: ({ state: { data } }) =>
      data &&
      (data.test.state === 'running' || (data.test.state === 'unscored' && data.scoresItself))
        ? POLL_MS
        : false,
  })

function useInvalidate(slug: string) {
  const client = useQueryClient()
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: versionsKey(slug) }),
      client.invalidateQueries({ queryKey: ['projects', slug, 'releases'] }),
    ])
}

/** Labels the whole test pool with the set-up, once; its score follows by itself. */
export function useStartTest(slug: string) {
  const onSettled = useInvalidate(slug)
  return useMutation({
    mutationFn: (setupId: string) =>
      api.post<StartedRun>(`/api/projects/${slug}/runs/test`, { setupId }),
    onSettled,
  })
}

export function useAskForTestScore(slug: string, ref: string) {
  const onSettled = useInvalidate(slug)
  return useMutation({
    mutationFn: () => api.post<null>(`${versionsPath(slug)}/${ref}/gate`, {}),
    onSettled,
  })
}

export function useRelease(slug: string) {
  const onSettled = useInvalidate(slug)
  return useMutation({
    mutationFn: (input: { version: string; reason?: string; label?: boolean }) =>
      api.post<StartedLabelling>(releasesPath(slug), input),
    onSettled,
  })
}
