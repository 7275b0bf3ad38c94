import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { api } from '@/lib/platform/http'
import { caseCall } from '@/lib/runs/schema'
import { caseView } from './schema'

const path = (slug: string, id: string) => `/api/projects/${slug}/cases/${id}`

export const caseQuery = (slug: string, id: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'cases', id],
    queryFn: () => api.get(path(slug, id), caseView),
  })

/** Requests and answers are long: read only when someone wants to see them. */
export const callsQuery = (slug: string, id: string, wanted: boolean) =>
  queryOptions({
    queryKey: ['projects', slug, 'cases', id, 'calls'],
    queryFn: () => api.get(`${path(slug, id)}/calls`, z.array(caseCall)),
    enabled: wanted,
  })
