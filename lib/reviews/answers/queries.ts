import { infiniteQueryOptions } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import {
  ownAnswers,
  type SkipInput,
  type SubmitInput,
  savedAnswer,
  skipped,
  type UndoInput,
  undone,
} from './schema'

const reviewUrl = (slug: string, what: string) => `/api/projects/${slug}/review/${what}`

export const sendAnswer = (slug: string, input: SubmitInput) =>
  api.post(reviewUrl(slug, 'answers'), input, savedAnswer)

export const sendUndo = (slug: string, input: UndoInput) =>
  api.post(reviewUrl(slug, 'undo'), input, undone)

export const sendSkip = (slug: string, input: SkipInput) =>
  api.post(reviewUrl(slug, 'skips'), input, skipped)

/** One's own answers, newest first, page by page. */
export const ownAnswersQuery = (slug: string) =>
  infiniteQueryOptions({
    queryKey: ['projects', slug, 'review', 'mine'],
    queryFn: ({ pageParam }) =>
      api.get(reviewUrl(slug, pageParam ? `mine?before=${pageParam}` : 'mine'), ownAnswers),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
