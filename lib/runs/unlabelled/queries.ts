import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { PoolLabelling, StartedLabelling } from './schema'

const POLL_MS = 1_000

const path = (slug: string, ref: string) => `/api/projects/${slug}/versions/${ref}/labelling`

/** Asks again every second while a run is at work. */
export const poolLabellingQuery = (slug: string, ref: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'versions', ref, 'labelling'],
    queryFn: () => api.get<PoolLabelling>(path(slug, ref)),
    refetchInterval: ({ state }) => (state.data?.run ? POLL_MS : false),
  })

export function useLabelExamplePool(slug: string, ref: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => api.post<StartedLabelling>(path(slug, ref), {}),
    onSettled: () => client.invalidateQueries(poolLabellingQuery(slug, ref)),
  })
}
