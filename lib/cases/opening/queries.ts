import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { CaseCall } from '@/lib/runs/schema'
import type { CaseView } from './schema'

const path = (slug: string, id: string) => `/api/projects/${slug}/cases/${id}`

export const caseQuery = (slug: string, id: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'cases', id],
    queryFn: () => api.get<CaseView>(path(slug, id)),
  })

/** Requests and answers are long: read only when someone wants to see them. */
export const callsQuery = (slug: string, id: string, wanted: boolean) =>
  queryOptions({
    queryKey: ['projects', slug, 'cases', id, 'calls'],
    queryFn: () => api.get<CaseCall[]>(`${path(slug, id)}/calls`),
    enabled: wanted,
  })
