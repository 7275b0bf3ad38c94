import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import { versionsKey, versionsPath } from '../queries'
import type {
  FormerTry,
  KeptCase,
  PastedCase,
  PickableCase,
  TryInput,
  TryRequest,
  TryView,
} from './schema'

const path = (slug: string, ref: string) => `${versionsPath(slug)}/${ref}/playground`

export const pickableCasesQuery = (slug: string, ref: string, q: string) =>
  queryOptions({
    queryKey: [...versionsKey(slug), ref, 'playground', 'cases', q],
    queryFn: () =>
      api.get<PickableCase[]>(`${path(slug, ref)}/cases?${new URLSearchParams({ q })}`),
    placeholderData: keepPreviousData,
  })

export const formerTriesQuery = (slug: string, ref: string) =>
  queryOptions({
    queryKey: [...versionsKey(slug), ref, 'playground', 'tries'],
    queryFn: () => api.get<FormerTry[]>(path(slug, ref)),
  })

/** What exactly was sent; only asked for when someone wants to see it. */
export const triedRequestQuery = (slug: string, ref: string, callId: string) =>
  queryOptions({
    queryKey: [...versionsKey(slug), ref, 'playground', 'calls', callId],
    queryFn: () => api.get<TryRequest>(`${path(slug, ref)}/calls/${callId}`),
    staleTime: Number.POSITIVE_INFINITY,
  })

export function useTryCase(slug: string, ref: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: TryInput) => api.post<TryView>(path(slug, ref), input),
    onSettled: () =>
      client.invalidateQueries({ queryKey: [...versionsKey(slug), ref, 'playground'] }),
  })
}

export function useKeepCase(slug: string, ref: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: PastedCase) => api.post<KeptCase>(`${path(slug, ref)}/cases`, input),
    onSuccess: () => client.invalidateQueries({ queryKey: ['projects', slug, 'cases'] }),
  })
}
