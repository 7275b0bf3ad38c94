import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { EstimateInput } from '../schema'
import type { CaseLengths } from './schema'

export const lengthsQuery = (slug: string, { versionId, pool, limit }: EstimateInput) =>
  queryOptions({
    queryKey: ['projects', slug, 'runs', 'lengths', versionId, pool, limit],
    queryFn: () => {
      const query = new URLSearchParams({ versionId, pool, limit: String(limit ?? 'all') })
      return api.get<CaseLengths>(`/api/projects/${slug}/runs/lengths?${query}`)
    },
    enabled: versionId !== '',
    placeholderData: (former) => former,
  })
