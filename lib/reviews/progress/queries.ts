import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { ReviewProgress } from './schema'

export const reviewProgressQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'review', 'progress'],
    queryFn: () => api.get<ReviewProgress>(`/api/projects/${slug}/review/progress`),
  })
