import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type {
  ExamplePreview,
  ExamplePreviewInput,
  PreviewInput,
  RedactionPreview,
  RedactionSetting,
  RedactionView,
} from './schema'

const path = (slug: string) => `/api/projects/${slug}/redaction`

export const redactionQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'redaction'],
    queryFn: () => api.get<RedactionView>(path(slug)),
  })

/** A pasted text as the model would be sent it under a setting that need not be saved. */
export const redactionPreviewQuery = (slug: string, input: PreviewInput) =>
  queryOptions({
    queryKey: ['projects', slug, 'redaction', 'preview', input],
    queryFn: () => api.post<RedactionPreview>(`${path(slug)}/preview`, input),
    placeholderData: keepPreviousData,
    gcTime: 0,
  })

/** What will be replaced in an example when it is sent, as it stands in the form. */
export const examplePreviewQuery = (slug: string, input: ExamplePreviewInput) =>
  queryOptions({
    queryKey: ['projects', slug, 'redaction', 'example', input],
    queryFn: () => api.post<ExamplePreview>(`${path(slug)}/example`, input),
    placeholderData: keepPreviousData,
    gcTime: 0,
  })

export function useChangeRedaction(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (setting: RedactionSetting) => api.put<null>(path(slug), setting),
    onSuccess: () => client.invalidateQueries({ queryKey: ['projects', slug] }),
  })
}
