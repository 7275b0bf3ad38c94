import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { CategoryEffect, CategoryHistory, CategoryUse, NewCategoryChange } from './schema'

const url = (slug: string) => `/api/projects/${slug}/categories`

export const categoryUseQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'categories'],
    queryFn: () => api.get<CategoryUse[]>(url(slug)),
  })

/** While cases are brought up to date it is looked up again every second. */
const AT_WORK_MS = 1_000

export const categoryHistoryQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'categories', 'changes'],
    queryFn: () => api.get<CategoryHistory>(`${url(slug)}/changes`),
    refetchInterval: ({ state }) =>
      state.data?.changes.some((one) => one.state === 'waiting' || one.state === 'running')
        ? AT_WORK_MS
        : false,
  })

export const categoryEffectQuery = (slug: string, ids: readonly string[]) =>
  queryOptions({
    queryKey: ['projects', slug, 'categories', 'effect', ...ids],
    queryFn: () => api.get<CategoryEffect>(`${url(slug)}/effect?of=${ids.join(',')}`),
    enabled: ids.length > 0,
    staleTime: 0,
  })

export function useMakeCategoryChange(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: NewCategoryChange) =>
      api.post<{ id: string }>(`${url(slug)}/changes`, input),
    onSuccess: () => client.invalidateQueries({ queryKey: ['projects', slug] }),
  })
}

export function useUndoCategoryChange(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.post<null>(`${url(slug)}/changes/${id}/undo`, {}),
    onSettled: () => client.invalidateQueries({ queryKey: ['projects', slug] }),
  })
}
