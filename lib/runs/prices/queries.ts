import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { PriceInput, PricesView } from './schema'

const path = (slug: string) => `/api/projects/${slug}/prices`

export const pricesQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'prices'],
    queryFn: () => api.get<PricesView>(path(slug)),
  })

/** Estimates everywhere rest on it, so that all of the project is read again. */
export function useSetPrice(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: PriceInput) => api.put<null>(path(slug), input),
    onSuccess: () => client.invalidateQueries({ queryKey: ['projects', slug] }),
  })
}
