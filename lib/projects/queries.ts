import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type {
  CategoriesChange,
  NewProject,
  ProjectChange,
  ProjectCreated,
  ProjectView,
} from './schema'

export const projectQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug],
    queryFn: () => api.get<ProjectView>(`/api/projects/${slug}`),
  })

export function useCreateProject() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: NewProject) => api.post<ProjectCreated>('/api/projects', input),
    onSuccess: () => client.invalidateQueries({ queryKey: ['projects'] }),
  })
}

export function useChangeProject(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: ProjectChange) => api.patch<null>(`/api/projects/${slug}`, change),
    onSuccess: () => client.invalidateQueries({ queryKey: ['projects'] }),
  })
}

export function useChangeCategories(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: CategoriesChange) =>
      api.put<null>(`/api/projects/${slug}/categories`, change),
    onSuccess: () => client.invalidateQueries({ queryKey: ['projects'] }),
  })
}
