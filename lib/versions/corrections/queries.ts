import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import { api } from '@/lib/platform/http'
import { versionsKey } from '../queries'
import {
  confusionPairs,
  correctionList,
  type DecisionInput,
  type Promotion,
  promotedExample,
} from './schema'

const key = (slug: string) => ['projects', slug, 'corrections'] as const
const path = (slug: string) => `/api/projects/${slug}/corrections`

export const confusionPairsQuery = (slug: string) =>
  queryOptions({
    queryKey: [...key(slug), 'pairs'],
    queryFn: () => api.get(`${path(slug)}/pairs`, confusionPairs),
  })

/** Null stands for "no label" on either side. */
export const correctionsQuery = (
  slug: string,
  pair: { suggestedId: string | null; rightId: string | null } | null,
) =>
  queryOptions({
    queryKey: [...key(slug), 'list', pair?.suggestedId, pair?.rightId],
    queryFn: () => {
      const query = new URLSearchParams({
        suggested: pair?.suggestedId ?? 'none',
        right: pair?.rightId ?? 'none',
      })
      return api.get(`${path(slug)}?${query}`, correctionList)
    },
    enabled: pair !== null,
  })

export function usePromoteCorrection(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ reviewId, ...body }: Promotion & { reviewId: string }) =>
      api.post(`${path(slug)}/${reviewId}/promote`, body, promotedExample),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: key(slug) }),
        client.invalidateQueries({ queryKey: versionsKey(slug) }),
      ]),
  })
}

export function useDecideCorrection(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ reviewId, input }: { reviewId: string; input: DecisionInput }) =>
      api.put(`${path(slug)}/${reviewId}/decision`, input, z.null()),
    onSuccess: () => client.invalidateQueries({ queryKey: key(slug) }),
  })
}
