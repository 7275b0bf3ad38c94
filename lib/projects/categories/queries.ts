import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { CategoryUse } from './schema'

export const categoryUseQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'categories'],
    queryFn: () => api.get<CategoryUse[]>(`/api/projects/${slug}/categories`),
  })
