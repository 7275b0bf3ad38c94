import { type InfiniteData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { disputesQuery, precedentsQuery } from '@/lib/reviews/disagreements/queries'
import type { DisputePage, DisputeRow, Precedent } from '@/lib/reviews/disagreements/schema'
import type { WaitingItem } from './waiting-list'

export const TABS = ['labels', 'unsure', 'skipped', 'settled'] as const
export type Tab = (typeof TABS)[number]

type Listed = { items: WaitingItem[]; counts: DisputePage['counts'] | null }

/** What a tab lists, and how more of it comes. */
export function useWaiting(project: string, tab: Tab) {
  const kind = tab === 'settled' ? null : tab
  const waiting = useInfiniteQuery({ ...disputesQuery(project, kind), select: listWaiting })
  const settled = useQuery({
    ...precedentsQuery(project),
    select: listSettled,
    enabled: tab === 'settled',
  })
  const counts = waiting.data?.counts ?? null
  const load = waiting.hasNextPage ? () => void waiting.fetchNextPage() : null
  return tab === 'settled'
    ? { query: settled, counts, more: null }
    : { query: waiting, counts, more: load && { load, busy: waiting.isFetchingNextPage } }
}

const listWaiting = ({ pages }: InfiniteData<DisputePage>): Listed => ({
  items: pages.flatMap(({ rows }) => rows.map(toItem)),
  counts: pages.at(-1)?.counts ?? null,
})

const listSettled = (precedents: Precedent[]): Listed => ({
  items: precedents.map(({ label, by, ...row }) => ({
    ...row,
    about: `${label}, by ${by}`,
    mine: true,
  })),
  counts: null,
})

function toItem({ labels, answers, skips, maySettle, ...row }: DisputeRow): WaitingItem {
  const counts = [
    ...(answers > 0 ? [`${answers} answered`] : []),
    ...(skips > 0 ? [`${skips} passed on it`] : []),
  ]
  return { ...row, about: (labels.length > 0 ? labels : counts).join(' · '), mine: maySettle }
}
