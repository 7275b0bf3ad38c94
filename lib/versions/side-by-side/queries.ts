import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import { versionsKey, versionsPath } from '../queries'
import { isUnderWay } from './rules'
import type { SideBySideView } from './schema'

const POLL_MS = 1_000

/** `of`: versions as they are named in addresses. Asks again every second while a run is at work. */
export const sideBySideQuery = (slug: string, base: string, of: readonly string[]) =>
  queryOptions({
    queryKey: [...versionsKey(slug), 'side-by-side', base, of.join(',')],
    queryFn: () => {
      const query = new URLSearchParams({ base, of: of.join(',') })
      return api.get<SideBySideView>(`${versionsPath(slug)}/side-by-side?${query}`)
    },
    enabled: base !== '' && of.length > 0,
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? POLL_MS : false),
  })
