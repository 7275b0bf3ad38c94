import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import { NO_VALID_LABEL } from './rules'
import type { AccuracyView, CellCases, MatrixView } from './schema'

const path = (slug: string) => `/api/projects/${slug}/accuracy`
const key = (slug: string) => ['projects', slug, 'accuracy'] as const

export const accuracyQuery = (slug: string) =>
  queryOptions({
    queryKey: key(slug),
    queryFn: () => api.get<AccuracyView>(path(slug)),
  })

export const matrixQuery = (slug: string, runId: string) =>
  queryOptions({
    queryKey: [...key(slug), 'matrix', runId],
    queryFn: () => api.get<MatrixView>(`${path(slug)}/matrix?run=${runId}`),
  })

/** One cell of a matrix; `answerId` null: no valid label. */
export type Cell = { runId: string; finalId: string; answerId: string | null }

export const cellCasesQuery = (slug: string, { runId, finalId, answerId }: Cell) =>
  infiniteQueryOptions({
    queryKey: [...key(slug), 'matrix', runId, finalId, answerId],
    queryFn: ({ pageParam }) => {
      const answer = answerId ?? NO_VALID_LABEL
      const query = new URLSearchParams({ run: runId, final: finalId, answer })
      if (pageParam) query.set('after', pageParam)
      return api.get<CellCases>(`${path(slug)}/matrix/cases?${query}`)
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })
