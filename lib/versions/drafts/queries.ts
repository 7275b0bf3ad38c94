import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { ExampleChange, NewExample } from '../examples/schema'
import { versionQuery, versionsKey, versionsPath } from '../queries'
import type { VersionView } from '../schema'
import type { DraftChange, FrozenVersion } from './schema'

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
      return api.patch<VersionView>(path, { ...step.change, edit })
    case 'add':
      return api.post<VersionView>(`${path}/examples`, { ...step.example, edit })
    case 'change':
      return api.patch<VersionView>(`${path}/examples/${step.id}`, { ...step.change, edit })
    case 'remove':
      return api.delete<VersionView>(`${path}/examples/${step.id}?edit=${edit}`)
    case 'order':
      return api.put<VersionView>(`${path}/examples/order`, { ids: step.ids, edit })
  }
}

export function useFreezeDraft(slug: string, versionId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (edit: number) =>
      api.post<FrozenVersion>(`${versionsPath(slug)}/${versionId}/freeze`, { edit }),
    onSuccess: () => client.invalidateQueries({ queryKey: versionsKey(slug) }),
  })
}
