import { api } from '@/lib/platform/http'
import type { Revealed, RevealInput } from './schema'

/** What the model said of a case, after one's own blind answer, which then can't be changed. */
export const revealSuggestion = (slug: string, input: RevealInput) =>
  api.post<Revealed>(`/api/projects/${slug}/review/reveal`, input)
