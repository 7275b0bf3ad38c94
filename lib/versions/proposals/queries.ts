import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import { versionsKey, versionsPath } from '../queries'
import type {
  ProposalDecision,
  ProposalDrafts,
  ProposalsView,
  RulesEstimate,
  WantRulesInput,
} from './schema'

const path = (slug: string, versionId: string) => `${versionsPath(slug)}/${versionId}/proposals`

const POLL_MS = 1_500

/** Under the version's key: what changes the draft asks again, and so does a rule that is waited for. */
export const proposalsQuery = (slug: string, versionId: string) =>
  queryOptions({
    queryKey: [...versionsKey(slug), versionId, 'proposals'],
    queryFn: () => api.get<ProposalsView>(path(slug, versionId)),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.drafting ? POLL_MS : false),
  })

/** What the model would cost; the stand-in costs nothing. */
export const rulesEstimateQuery = (slug: string, versionId: string) =>
  queryOptions({
    queryKey: [...versionsKey(slug), versionId, 'proposals', 'estimate'],
    queryFn: () => api.get<RulesEstimate>(`${path(slug, versionId)}/estimate`),
  })

/** Has the worker draft a rule for each of the pairs; what comes of it, or why nothing, is among the proposals. */
export function useWantRules(slug: string, versionId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: WantRulesInput) => api.post<null>(path(slug, versionId), input),
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
