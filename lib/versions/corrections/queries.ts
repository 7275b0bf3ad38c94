import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import { versionsKey } from '../queries'
import type {
  ConfusionPair,
  CorrectionView,
  DecisionInput,
  PromotedExample,
  Promotion,
} from './schema'

const key = (slug: string) => ['projects', slug, 'corrections'] as const
const path = (slug: string) => `/api/projects/${slug}/corrections`

export const confusionPairsQuery = (slug: string) =>
  queryOptions({
    queryKey: [...key(slug), 'pairs'],
    queryFn: () => api.get<ConfusionPair[]>(`${path(slug)}/pairs`),
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
      return api.get<CorrectionView[]>(`${path(slug)}?${query}`)
    },
    enabled: pair !== null,
  })

export function usePromoteCorrection(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ reviewId, ...body }: Promotion & { reviewId: string }) =>
      api.post<PromotedExample>(`${path(slug)}/${reviewId}/promote`, body),
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
      api.put<null>(`${path(slug)}/${reviewId}/decision`, input),
    onSuccess: () => client.invalidateQueries({ queryKey: key(slug) }),
  })
}
