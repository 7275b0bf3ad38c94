import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import type { PastedCase, PickableCase, TryView } from '@/lib/versions/playground/schema'

/** The case that someone is about to ask about. */
export type Wanted = PastedCase & {
  from: 'paste' | 'pick'
  picked: Pick<PickableCase, 'id' | 'externalId' | 'subject' | 'leavesQueue'> | null
}

/** The last answers, and what was pasted for them. */
export type Tried = { view: TryView; pasted: PastedCase }

const NOTHING: Wanted = { from: 'paste', subject: '', text: '', picked: null }

/**
 * What is typed, and what was answered, while one goes to the editor and back: in memory only, and
 * gone with the page.
 */
export function usePlayground(project: string, version: string) {
  const client = useQueryClient()
  const wantedKey = ['playground', project]
  const triedKey = ['playground', project, version]
  const lasting = { staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY }
  const wanted = useQuery({
    queryKey: wantedKey,
    queryFn: skipToken,
    initialData: NOTHING,
    ...lasting,
  })
  const tried = useQuery<Tried | null>({
    queryKey: triedKey,
    queryFn: skipToken,
    initialData: null,
    ...lasting,
  })
  return {
    wanted: wanted.data ?? NOTHING,
    tried: tried.data ?? null,
    want: (change: Partial<Wanted>) =>
      client.setQueryData<Wanted>(wantedKey, (former) => ({ ...NOTHING, ...former, ...change })),
    keepTried: (next: Tried) => client.setQueryData<Tried | null>(triedKey, next),
  }
}
