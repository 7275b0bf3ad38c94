import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import { api } from '@/lib/platform/http'
import { createdDraft, type NewDraft } from './drafts/schema'
import { versionList } from './history/schema'
import { versionView } from './schema'

export const versionsKey = (slug: string) => ['projects', slug, 'versions'] as const
export const versionsPath = (slug: string) => `/api/projects/${slug}/versions`

export const versionsQuery = (slug: string) =>
  queryOptions({
    queryKey: versionsKey(slug),
    queryFn: () => api.get(versionsPath(slug), versionList),
  })

/** `ref`: the number of a frozen version, the id of a draft. */
export const versionQuery = (slug: string, ref: string) =>
  queryOptions({
    queryKey: [...versionsKey(slug), ref],
    queryFn: () => api.get(`${versionsPath(slug)}/${ref}`, versionView),
  })

export function useCreateDraft(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: NewDraft) => api.post(versionsPath(slug), input, createdDraft),
    onSuccess: () => client.invalidateQueries({ queryKey: versionsKey(slug) }),
  })
}

export function useDiscardDraft(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.delete(`${versionsPath(slug)}/${id}`, z.null()),
    onSuccess: () => client.invalidateQueries({ queryKey: versionsKey(slug), exact: true }),
  })
}
