import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { CaseCounts, CaseFilter, CasePage } from './schema'

const path = (slug: string) => `/api/projects/${slug}/cases`

export const casesQuery = (slug: string, filter: CaseFilter) =>
  infiniteQueryOptions({
    queryKey: ['projects', slug, 'cases', 'list', filter],
    queryFn: ({ pageParam }) => {
      const chosen = Object.entries({ ...filter, after: pageParam }).filter(([, value]) => value)
      return api.get<CasePage>(`${path(slug)}?${new URLSearchParams(chosen)}`)
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: (former) => former,
  })

export const caseCountsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'cases', 'counts'],
    queryFn: () => api.get<CaseCounts>(`${path(slug)}/counts`),
  })
