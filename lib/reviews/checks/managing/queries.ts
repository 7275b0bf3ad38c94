import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { CheckChange, CheckList, CheckState, ChecksAdded, NewChecks } from './schema'

const url = (slug: string) => `/api/projects/${slug}/checks`

export const checksQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'checks'],
    queryFn: () => api.get<CheckList>(url(slug)),
  })

export const checkStateQuery = (slug: string, caseId: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'checks', caseId],
    queryFn: () => api.get<CheckState>(`${url(slug)}/${caseId}`),
    retry: false,
  })

export const useAddChecks = (slug: string) =>
  useChecksMutation(slug, (input: NewChecks) => api.post<ChecksAdded>(url(slug), input))

export const useChangeCheck = (slug: string) =>
  useChecksMutation(slug, ({ caseId, ...change }: CheckChange & { caseId: string }) =>
    api.patch<null>(`${url(slug)}/${caseId}`, change),
  )

export const useRemoveCheck = (slug: string) =>
  useChecksMutation(slug, (caseId: string) => api.delete<null>(`${url(slug)}/${caseId}`))

function useChecksMutation<Input, Output>(
  slug: string,
  mutationFn: (input: Input) => Promise<Output>,
) {
  const client = useQueryClient()
  return useMutation({
    mutationFn,
    onSettled: () => client.invalidateQueries({ queryKey: checksQuery(slug).queryKey }),
  })
}
