import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import { versionsKey, versionsPath } from '../queries'
import type { CheckFacts } from './schema'

/** What only the server knows of a draft; to be asked again when its examples or its model change. */
export const checkFactsQuery = (slug: string, versionId: string) =>
  queryOptions({
    queryKey: [...versionsKey(slug), versionId, 'checks'],
    queryFn: () => api.get<CheckFacts>(`${versionsPath(slug)}/${versionId}/checks`),
  })
