import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { BulkCases, BulkView, Confirmed, ConfirmInput } from './schema'

const keyOf = (slug: string) => ['projects', slug, 'bulk'] as const
const urlOf = (slug: string) => `/api/projects/${slug}/bulk`

export const bulkQuery = (slug: string) =>
  queryOptions({
    queryKey: [...keyOf(slug), 'view'],
    queryFn: () => api.get<BulkView>(urlOf(slug)),
  })

export const bulkCasesQuery = (slug: string, labelId: string) =>
  queryOptions({
    queryKey: [...keyOf(slug), 'cases', labelId],
    queryFn: () => api.get<BulkCases>(`${urlOf(slug)}/${labelId}`),
  })

export function useConfirmBulk(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: ConfirmInput) => api.post<Confirmed>(urlOf(slug), input),
    // Also after a refusal: others may have taken the cases.
    onSettled: () => client.invalidateQueries({ queryKey: keyOf(slug) }),
  })
}
