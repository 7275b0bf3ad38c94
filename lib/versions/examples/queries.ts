import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import { versionsKey, versionsPath } from '../queries'
import type { Candidate } from './schema'

/** Cases that could become examples; under the version's key, so that a change of it asks again. */
export const candidatesQuery = (
  slug: string,
  versionId: string,
  { labelId, search }: { labelId: string; search: string },
) =>
  queryOptions({
    queryKey: [...versionsKey(slug), versionId, 'candidates', labelId, search],
    queryFn: () => {
      const query = new URLSearchParams()
      if (labelId) query.set('labelId', labelId)
      if (search) query.set('search', search)
      return api.get<Candidate[]>(`${versionsPath(slug)}/${versionId}/candidates?${query}`)
    },
    placeholderData: (former) => former,
    staleTime: 0,
  })
