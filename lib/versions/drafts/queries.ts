import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { ExampleChange, NewExample } from '../examples/schema'
import { versionQuery, versionsKey, versionsPath } from '../queries'
import { type VersionView, versionView } from '../schema'
import { type DraftChange, frozenVersion } from './schema'

/** Every way to change a draft; `edit` is added by the hook. */
export type DraftStep =
  | { do: 'save'; change: Omit<DraftChange, 'edit'> }
  | { do: 'add'; example: Omit<NewExample, 'edit'> }
  | { do: 'change'; id: string; change: Omit<ExampleChange, 'edit'> }
  | { do: 'remove'; id: string }
  | { do: 'order'; ids: string[] }

/**
 * Changes of one draft, one after the other in the order in which they were made, so that a person
 * is never in conflict with their own former change. `readEdit` is asked when a change is sent.
 */
export function useChangeDraft(slug: string, versionId: string, readEdit: () => number) {
  const client = useQueryClient()
  return useMutation({
    scope: { id: `draft ${versionId}` },
    mutationFn: (step: DraftStep): Promise<VersionView> => send(slug, versionId, step, readEdit()),
    onSuccess: (version) => {
      client.setQueryData(versionQuery(slug, versionId).queryKey, version)
      void client.invalidateQueries({ queryKey: versionsKey(slug), exact: true })
    },
  })
}

function send(slug: string, versionId: string, step: DraftStep, edit: number) {
  const path = `${versionsPath(slug)}/${versionId}`
  switch (step.do) {
    case 'save':
      return api.patch(path, { ...step.change, edit }, versionView)
    case 'add':
      return api.post(`${path}/examples`, { ...step.example, edit }, versionView)
    case 'change':
      return api.patch(`${path}/examples/${step.id}`, { ...step.change, edit }, versionView)
    case 'remove':
      return api.delete(`${path}/examples/${step.id}?edit=${edit}`, versionView)
    case 'order':
      return api.put(`${path}/examples/order`, { ids: step.ids, edit }, versionView)
  }
}

export function useFreezeDraft(slug: string, versionId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (edit: number) =>
      api.post(`${versionsPath(slug)}/${versionId}/freeze`, { edit }, frozenVersion),
    onSuccess: () => client.invalidateQueries({ queryKey: versionsKey(slug) }),
  })
}
