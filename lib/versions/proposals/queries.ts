import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import { versionsKey, versionsPath } from '../queries'
import type {
  CostlyPair,
  DraftedProposal,
  ProposalDecision,
  ProposalDrafts,
  ProposalsView,
} from './schema'

const path = (slug: string, versionId: string) => `${versionsPath(slug)}/${versionId}/proposals`

/** Under the version's key: what changes the draft asks again. */
export const proposalsQuery = (slug: string, versionId: string) =>
  queryOptions({
    queryKey: [...versionsKey(slug), versionId, 'proposals'],
    queryFn: () => api.get<ProposalsView>(path(slug, versionId)),
    staleTime: 0,
  })

/** Drafts one rule for a pair; what came of it, or why nothing, is in the answer. */
export function useDraftProposal(slug: string, versionId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({
      pair: { suggestedId, rightId },
      fromTemplate,
    }: {
      pair: Pick<CostlyPair, 'suggestedId' | 'rightId'>
      fromTemplate: boolean
    }) => api.post<DraftedProposal>(path(slug, versionId), { suggestedId, rightId, fromTemplate }),
    onSettled: () =>
      client.invalidateQueries({ queryKey: proposalsQuery(slug, versionId).queryKey }),
  })
}

export function useDecideProposal(slug: string, versionId: string) {
  const client = useQueryClient()
  return useMutation({
    scope: { id: `draft ${versionId}` },
    mutationFn: ({ id, ...decision }: ProposalDecision & { id: string }) =>
      api.post<ProposalsView>(`${path(slug, versionId)}/${id}/decision`, decision),
    onSuccess: (view) => client.setQueryData(proposalsQuery(slug, versionId).queryKey, view),
    // The draft says something else now, in the editor and in the list.
    onSettled: () => client.invalidateQueries({ queryKey: versionsKey(slug) }),
  })
}

/** One draft for each of the proposals. */
export function useDraftEach(slug: string, versionId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (ids: string[]) =>
      api.post<ProposalDrafts>(`${path(slug, versionId)}/drafts`, { ids }),
    onSuccess: () => client.invalidateQueries({ queryKey: versionsKey(slug), exact: true }),
  })
}
