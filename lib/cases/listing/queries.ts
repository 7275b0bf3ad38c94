import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import { type CaseFilter, caseCounts, casePage } from './schema'

const path = (slug: string) => `/api/projects/${slug}/cases`

export const casesQuery = (slug: string, filter: CaseFilter) =>
  infiniteQueryOptions({
    queryKey: ['projects', slug, 'cases', 'list', filter],
    queryFn: ({ pageParam }) => {
      const chosen = Object.entries({ ...filter, after: pageParam }).filter(([, value]) => value)
      return api.get(`${path(slug)}?${new URLSearchParams(chosen)}`, casePage)
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: (former) => former,
  })

export const caseCountsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'cases', 'counts'],
    queryFn: () => api.get(`${path(slug)}/counts`, caseCounts),
  })
