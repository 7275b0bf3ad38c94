import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { DisputeKind, DisputePage, DisputeView, Precedent, SettleInput } from './schema'

const keyOf = (slug: string) => ['projects', slug, 'disagreements'] as const
const urlOf = (slug: string) => `/api/projects/${slug}/disagreements`

/** What waits to be settled, longest first, page by page; all kinds unless one is named. */
export const disputesQuery = (slug: string, kind: DisputeKind | null) =>
  infiniteQueryOptions({
    queryKey: [...keyOf(slug), 'list', kind],
    queryFn: ({ pageParam }) => {
      const search = new URLSearchParams()
      if (kind) search.set('kind', kind)
      if (pageParam) search.set('cursor', pageParam)
      return api.get<DisputePage>(`${urlOf(slug)}?${search}`)
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })

export const disputeQuery = (slug: string, caseId: string) =>
  queryOptions({
    queryKey: [...keyOf(slug), 'case', caseId],
    queryFn: () => api.get<DisputeView>(`${urlOf(slug)}/${caseId}`),
  })

/** Gives back the case as it is now, settled. */
export function useSettleCase(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ caseId, ...input }: SettleInput & { caseId: string }) =>
      api.post<DisputeView>(`${urlOf(slug)}/${caseId}`, input),
    onSuccess: async (view) => {
      client.setQueryData(disputeQuery(slug, view.caseId).queryKey, view)
      await client.invalidateQueries({ queryKey: [...keyOf(slug), 'list'] })
      await client.invalidateQueries({ queryKey: ['projects', slug, 'precedents'] })
    },
  })
}

/** For prompt engineers: what was settled, as rules that a version may want. Newest first. */
export const precedentsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'precedents'],
    queryFn: () => api.get<Precedent[]>(`/api/projects/${slug}/precedents`),
  })
