import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import { projectView } from './schema'

export const projectQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug],
    queryFn: () => api.get(`/api/projects/${slug}`, projectView),
  })
