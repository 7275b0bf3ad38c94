import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { CreatedDraft, NewDraft } from './drafts/schema'
import type { DiscardedDraft, VersionSummary } from './history/schema'
import type { VersionView } from './schema'

export const versionsKey = (slug: string) => ['projects', slug, 'versions'] as const
export const versionsPath = (slug: string) => `/api/projects/${slug}/versions`

export const versionsQuery = (slug: string) =>
  queryOptions({
    queryKey: versionsKey(slug),
    queryFn: () => api.get<VersionSummary[]>(versionsPath(slug)),
  })

export const discardedDraftsQuery = (slug: string) =>
  queryOptions({
    queryKey: [...versionsKey(slug), 'discarded'],
    queryFn: () => api.get<DiscardedDraft[]>(`${versionsPath(slug)}/discarded`),
  })

/** `ref`: the number of a frozen version, the id of a draft. */
export const versionQuery = (slug: string, ref: string) =>
  queryOptions({
    queryKey: [...versionsKey(slug), ref],
    queryFn: () => api.get<VersionView>(`${versionsPath(slug)}/${ref}`),
  })

export function useCreateDraft(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: NewDraft) => api.post<CreatedDraft>(versionsPath(slug), input),
    onSuccess: () => client.invalidateQueries({ queryKey: versionsKey(slug) }),
  })
}

export function useDiscardDraft(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.delete<null>(`${versionsPath(slug)}/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: versionsKey(slug), exact: true }),
  })
}

/** Brings back a draft that was discarded. */
export function useRestoreDraft(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.post<null>(`${versionsPath(slug)}/${id}/restore`, {}),
    onSuccess: () => client.invalidateQueries({ queryKey: versionsKey(slug) }),
  })
}
