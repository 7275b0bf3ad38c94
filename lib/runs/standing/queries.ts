import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Message } from '@/lib/cases/schema'
import { api } from '@/lib/platform/http'
import type { LabelDesk, LabelledCase } from './schema'

const path = (slug: string) => `/api/projects/${slug}/label`

export const labelDeskQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'label'],
    queryFn: () => api.get<LabelDesk>(path(slug)),
  })

type Given = { externalId?: string; subject: string; messages: Message[] }

export function useLabelCase(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (given: Given) => api.post<LabelledCase>(path(slug), given),
    onSettled: () => client.invalidateQueries(labelDeskQuery(slug)),
  })
}
