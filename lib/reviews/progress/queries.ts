import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import { reviewProgress } from './schema'

export const reviewProgressQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'review', 'progress'],
    queryFn: () => api.get(`/api/projects/${slug}/review/progress`, reviewProgress),
  })
