import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import { versionsKey, versionsPath } from '../queries'
import type { VersionView } from '../schema'
import type { DraftState } from './presence/schema'
import type { DraftSaved, FrozenVersion } from './schema'
import { applyStep, type Step } from './steps/rules'

/**
 * Saves one step on top of the saved state that it starts from; refused with `conflict` where someone
 * has saved since. A step that was saved already and is sent again is refused in the same way. It is
 * `person`'s alone: refused with `unauthenticated` where someone else has signed in here since.
 */
export function sendStep(
  slug: string,
  person: string,
  saved: VersionView,
  step: Step,
): Promise<DraftSaved> {
  const way = { person }
  const path = `${versionsPath(slug)}/${saved.id}`
  const { edit } = saved
  switch (step.do) {
    case 'set':
      return api.patch(path, { ...step.fields, edit }, way)
    case 'describe':
    case 'moveCategory':
    case 'takeCategory':
    case 'leaveCategory': {
      const { categories } = applyStep(saved, step)
      const described = categories.map(({ categoryId, description }) => ({
        categoryId,
        description,
      }))
      return api.patch(path, { categories: described, edit }, way)
    }
    case 'addExample': {
      const { id, position, kind, caseId, reviewId, enabled } = step.example
      const { text, labelId, wrongLabelId, explanation } = step.example
      const said = { kind, text, labelId, wrongLabelId, explanation, enabled }
      return saved.examples.some((example) => example.id === id)
        ? api.patch(`${path}/examples/${id}`, { ...said, edit }, way)
        : api.post(`${path}/examples`, { ...said, id, position, caseId, reviewId, edit }, way)
    }
    case 'changeExample':
      return api.patch(`${path}/examples/${step.id}`, { ...step.change, edit }, way)
    case 'removeExample':
      return api.delete(`${path}/examples/${step.id}?edit=${edit}`, way)
    case 'moveExample': {
      const ids = applyStep(saved, step).examples.map(({ id }) => id)
      return api.put(`${path}/examples/order`, { ids, edit }, way)
    }
  }
}

export const readDraft = (slug: string, id: string): Promise<VersionView> =>
  api.get(`${versionsPath(slug)}/${id}`)

/** Says that one has the draft open, and what of it one has in hand. */
export const tellPresence = (slug: string, id: string, part: string): Promise<DraftState> =>
  api.put(`${versionsPath(slug)}/${id}/presence`, { part })

export function useFreezeDraft(slug: string, versionId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (edit: number) =>
      api.post<FrozenVersion>(`${versionsPath(slug)}/${versionId}/freeze`, { edit }),
    onSuccess: () => client.invalidateQueries({ queryKey: versionsKey(slug) }),
  })
}
