import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { SimilarCase } from './schema'

/** Finished cases like this one, the likest first; read only when someone wants to see them. */
export const similarQuery = (slug: string, caseId: string, wanted: boolean) =>
  queryOptions({
    queryKey: ['projects', slug, 'review', 'similar', caseId],
    queryFn: () => api.get<SimilarCase[]>(`/api/projects/${slug}/review/similar/${caseId}`),
    enabled: wanted,
    staleTime: 5 * 60_000,
  })
