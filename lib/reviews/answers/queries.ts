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

/**
 * What a person said as they left must still arrive: the page may close while it is sent. It is theirs
 * alone, whoever has signed in since. A connection that says nothing is given up, to be tried again.
 */
const wayOf = (person: string) => ({
  person,
  keepalive: true,
  signal: AbortSignal.timeout(LONGEST_SENDING_MS),
})

const LONGEST_SENDING_MS = 20_000

export const sendAnswer = (slug: string, person: string, input: SubmitInput) =>
  api.post<SavedAnswer>(reviewUrl(slug, 'answers'), input, wayOf(person))

export const sendUndo = (slug: string, person: string, input: UndoInput) =>
  api.post<Undone>(reviewUrl(slug, 'undo'), input, wayOf(person))

export const sendSkip = (slug: string, person: string, input: SkipInput) =>
  api.post<Skipped>(reviewUrl(slug, 'skips'), input, wayOf(person))

/** One's own answers, newest first, page by page; `q` looks for cases and notes. */
export const ownAnswersQuery = (slug: string, q = '') =>
  infiniteQueryOptions({
    queryKey: ['projects', slug, 'review', 'mine', q],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({
        ...(pageParam ? { before: pageParam } : {}),
        ...(q ? { q } : {}),
      })
      return api.get<OwnAnswers>(reviewUrl(slug, `mine?${query}`))
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
