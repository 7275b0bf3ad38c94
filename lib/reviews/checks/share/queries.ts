import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { CheckShare } from './schema'

export const checkShareQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'checks', 'share'],
    queryFn: () => api.get<CheckShare>(`/api/projects/${slug}/checks/share`),
  })
