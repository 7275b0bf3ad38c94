import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import { versionsKey, versionsPath } from '../queries'
import type { GateRule, Reach } from './schema'

const path = (slug: string) => `/api/projects/${slug}/gate-rule`

export const gateRuleQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'gate-rule'],
    queryFn: () => api.get<GateRule>(path(slug)),
  })

/** What the test pool can prove of a version before it is tested. */
export const reachQuery = (slug: string, ref: string) =>
  queryOptions({
    queryKey: [...versionsKey(slug), ref, 'gate', 'reach'],
    queryFn: () => api.get<Reach>(`${versionsPath(slug)}/${ref}/gate/reach`),
  })

export function useChangeGateRule(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (rule: GateRule) => api.patch<null>(path(slug), rule),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: gateRuleQuery(slug).queryKey }),
        client.invalidateQueries({ queryKey: versionsKey(slug) }),
      ]),
  })
}
