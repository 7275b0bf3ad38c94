import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import { api } from '@/lib/platform/http'
import {
  type CategoriesChange,
  type NewProject,
  type ProjectChange,
  projectCard,
  projectCreated,
  projectView,
} from './schema'

export const projectsQuery = () =>
  queryOptions({
    queryKey: ['projects'],
    queryFn: () => api.get('/api/projects', z.array(projectCard)),
  })

export const projectQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug],
    queryFn: () => api.get(`/api/projects/${slug}`, projectView),
  })

export function useCreateProject() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: NewProject) => api.post('/api/projects', input, projectCreated),
    onSuccess: () => client.invalidateQueries({ queryKey: ['projects'] }),
  })
}

export function useChangeProject(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: ProjectChange) => api.patch(`/api/projects/${slug}`, change, z.null()),
    onSuccess: () => client.invalidateQueries({ queryKey: ['projects'] }),
  })
}

export function useChangeCategories(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: CategoriesChange) =>
      api.put(`/api/projects/${slug}/categories`, change, z.null()),
    onSuccess: () => client.invalidateQueries({ queryKey: ['projects'] }),
  })
}
