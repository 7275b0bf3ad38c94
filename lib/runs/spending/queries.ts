import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { Spending } from './schema'

const POLL_MS = 10_000

export const spendingQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'runs', 'spending'],
    queryFn: () => api.get<Spending>(`/api/projects/${slug}/runs/spending`),
    refetchInterval: POLL_MS,
  })
