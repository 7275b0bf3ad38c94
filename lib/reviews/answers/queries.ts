import { infiniteQueryOptions } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type {
  OwnAnswers,
  SavedAnswer,
  SkipInput,
  Skipped,
  SubmitInput,
  UndoInput,
  Undone,
} from './schema'

const reviewUrl = (slug: string, what: string) => `/api/projects/${slug}/review/${what}`

/** What a person said as they left must still arrive: the page may close while it is sent. */
const TO_ITS_END = { keepalive: true }

export const sendAnswer = (slug: string, input: SubmitInput) =>
  api.post<SavedAnswer>(reviewUrl(slug, 'answers'), input, TO_ITS_END)

export const sendUndo = (slug: string, input: UndoInput) =>
  api.post<Undone>(reviewUrl(slug, 'undo'), input, TO_ITS_END)

export const sendSkip = (slug: string, input: SkipInput) =>
  api.post<Skipped>(reviewUrl(slug, 'skips'), input, TO_ITS_END)

/** One's own answers, newest first, page by page. */
export const ownAnswersQuery = (slug: string) =>
  infiniteQueryOptions({
    queryKey: ['projects', slug, 'review', 'mine'],
    queryFn: ({ pageParam }) =>
      api.get<OwnAnswers>(reviewUrl(slug, pageParam ? `mine?before=${pageParam}` : 'mine')),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
