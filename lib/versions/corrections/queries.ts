import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import { versionsKey } from '../queries'
import type { Decided, FoldDecision } from './decisions/schema'
import type { DraftedExplanation, ExplanationInput } from './explanations/schema'
import type {
  ConfusionPair,
  CorrectionFilter,
  CorrectionOverview,
  CorrectionPage,
  CorrectionStatus,
  FoldedCorrection,
  PromotedExample,
  Promotion,
} from './schema'

const key = (slug: string) => ['projects', slug, 'corrections'] as const
const path = (slug: string) => `/api/projects/${slug}/corrections`

const toSearch = (chosen: Record<string, unknown>) =>
  new URLSearchParams(
    Object.entries(chosen).flatMap(([name, value]) => (value ? [[name, String(value)]] : [])),
  )

export const overviewQuery = (slug: string, filter: CorrectionFilter) =>
  queryOptions({
    queryKey: [...key(slug), 'pairs', filter],
    queryFn: () => api.get<CorrectionOverview>(`${path(slug)}/pairs?${toSearch(filter)}`),
    placeholderData: (former) => former,
  })

type Pair = Pick<ConfusionPair, 'kind' | 'suggestedId' | 'rightId'>

export const correctionsQuery = (
  slug: string,
  pair: Pair,
  filter: CorrectionFilter & { status?: CorrectionStatus },
) =>
  infiniteQueryOptions({
    queryKey: [...key(slug), 'list', pair.kind, pair.suggestedId, pair.rightId, filter],
    queryFn: ({ pageParam }) => {
      const { kind, suggestedId, rightId } = pair
      const named = { kind, suggested: suggestedId ?? 'none', right: rightId ?? 'none' }
      const search = toSearch({ ...filter, ...named, after: pageParam })
      return api.get<CorrectionPage>(`${path(slug)}?${search}`)
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

/** What is shown after the decision stays where it is: the list is sorted anew when it is next opened. */
function showAs(
  client: QueryClient,
  slug: string,
  reviewId: string,
  change: (row: FoldedCorrection) => FoldedCorrection,
): void {
  client.setQueriesData<{ pages: CorrectionPage[]; pageParams: unknown[] }>(
    { queryKey: [...key(slug), 'list'] },
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({
          ...page,
          rows: page.rows.map((row) => (row.reviewId === reviewId ? change(row) : row)),
        })),
      },
  )
}

const readPairsAgain = (client: QueryClient, slug: string) =>
  client.invalidateQueries({ queryKey: [...key(slug), 'pairs'] })

export function usePromoteCorrection(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ reviewId, ...body }: Promotion & { reviewId: string }) =>
      api.post<PromotedExample>(`${path(slug)}/${reviewId}/promote`, body),
    onSuccess: (_, { reviewId, versionId }) => {
      showAs(client, slug, reviewId, (row) => ({
        ...row,
        status: 'promoted',
        promotedTo: [...row.promotedTo, { id: versionId, number: null }],
      }))
      return Promise.all([
        readPairsAgain(client, slug),
        client.invalidateQueries({ queryKey: versionsKey(slug) }),
      ])
    },
  })
}

type Withdrawn = { reviewId: string; versionId: string; before: FoldedCorrection }

/** Takes a promotion back; the row says again what it said before. */
export function useWithdrawPromotion(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ reviewId, versionId }: Withdrawn) =>
      api.delete<null>(`${path(slug)}/${reviewId}/promote?version=${versionId}`),
    onSuccess: (_, { reviewId, before }) => {
      showAs(client, slug, reviewId, () => before)
      return Promise.all([
        readPairsAgain(client, slug),
        client.invalidateQueries({ queryKey: versionsKey(slug) }),
      ])
    },
  })
}

/** On a row and all folded with it. `row` is the row as it is shown with the decision. */
export function useDecideFold(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ decision }: { decision: FoldDecision; row: FoldedCorrection }) =>
      api.put<Decided>(`${path(slug)}/decisions`, decision),
    onSuccess: (_, { row }) => {
      showAs(client, slug, row.reviewId, () => row)
      return readPairsAgain(client, slug)
    },
  })
}

/** `row` is the row as it was before the decision. */
export function useUndoFoldDecision(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: { id: string; row: FoldedCorrection }) =>
      api.delete<null>(`${path(slug)}/decisions/${id}`),
    onSuccess: (_, { row }) => {
      showAs(client, slug, row.reviewId, () => row)
      return readPairsAgain(client, slug)
    },
  })
}

/** Asks for a draft of the explanation; nothing is saved by it. */
export function useDraftExplanation(slug: string) {
  return useMutation({
    mutationFn: ({ reviewId, ...body }: ExplanationInput & { reviewId: string }) =>
      api.post<DraftedExplanation>(`${path(slug)}/${reviewId}/explanation`, body),
  })
}
