import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { ReviewerView } from './schema'

export const reviewersQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'review', 'people'],
    queryFn: () => api.get<ReviewerView[]>(`/api/projects/${slug}/review/people`),
  })

export function useLetIn(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (userId: string) =>
      api.post<null>(`/api/projects/${slug}/checks/training/${userId}`, {}),
    onSettled: () => client.invalidateQueries({ queryKey: reviewersQuery(slug).queryKey }),
  })
}
