import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { HandoutGiven, Handouts, NewHandout } from './schema'

const url = (slug: string) => `/api/projects/${slug}/handouts`

export const handoutsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'handouts'],
    queryFn: () => api.get<Handouts>(url(slug)),
  })

export function useGiveCases(slug: string) {
  return useHandoutsMutation(slug, (input: NewHandout) => api.post<HandoutGiven>(url(slug), input))
}

export function useTakeBack(slug: string) {
  return useHandoutsMutation(slug, (handout: string) => api.delete<null>(`${url(slug)}/${handout}`))
}

function useHandoutsMutation<Input, Output>(
  slug: string,
  mutationFn: (input: Input) => Promise<Output>,
) {
  const client = useQueryClient()
  return useMutation({
    mutationFn,
    onSettled: () => client.invalidateQueries({ queryKey: handoutsQuery(slug).queryKey }),
  })
}
