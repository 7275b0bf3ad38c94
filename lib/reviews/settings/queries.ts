import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { ReviewSettings } from './schema'

const url = (slug: string) => `/api/projects/${slug}/review/settings`

export const reviewSettingsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'review-settings'],
    queryFn: () => api.get<ReviewSettings>(url(slug)),
  })

export function useChangeReviewSettings(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (settings: ReviewSettings) => api.patch<null>(url(slug), settings),
    // What reviewers are told of check cases, and how people stand in the training, follows from it.
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: reviewSettingsQuery(slug).queryKey }),
        client.invalidateQueries({ queryKey: ['projects', slug, 'checks'] }),
      ]),
  })
}
