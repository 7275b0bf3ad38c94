'use client'
import { useQuery } from '@tanstack/react-query'
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useCallback, useRef } from 'react'
import { toast } from 'sonner'
import { Page } from '@/components/layout/page'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { count } from '@/components/ui/figures'
import { Loaded } from '@/components/ui/loaded'
import { Tabs } from '@/components/ui/tabs'
import { definitionsQuery } from '@/lib/reviews/definitions/queries'
import { findBeside, findNextOf } from '@/lib/reviews/disagreements/keys/rules'
import type { DisputeView } from '@/lib/reviews/disagreements/schema'
import { DisputeScreen } from './dispute-screen'
import { TABS, type Tab, useWaiting } from './use-waiting'
import { WaitingList } from './waiting-list'

const PLACE = { tab: parseAsStringLiteral(TABS).withDefault('labels'), case: parseAsString }

/** Cases that need someone who has not reviewed them to decide, one after the other. */
export function DisagreementsPage({ project }: { project: string }) {
  const [{ tab, case: wantedId }, go] = useQueryStates(PLACE)
  const categories = useQuery(definitionsQuery(project))
  const { query, counts, more } = useWaiting(project, tab)
  const ids = query.data?.items.map(({ caseId }) => caseId) ?? []
  const shownId = wantedId ?? ids[0] ?? null

  const list = useRef({ ids, shownId, tab })
  list.current = { ids, shownId, tab }
  const move = useCallback(
    (by: 1 | -1) => {
      const next = findBeside(list.current.ids, list.current.shownId, by)
      if (next) void go({ case: next })
    },
    [go],
  )
  const leaveSettled = useCallback(
    ({ caseId, settled }: DisputeView) => {
      const { ids, tab } = list.current
      toast.success(`Settled: ${settled?.label ?? ''}`, {
        action: {
          label: 'Change',
          onClick: () => void go({ tab: 'settled', case: caseId }),
        },
      })
      if (tab !== 'settled') void go({ case: findNextOf(ids, caseId) })
    },
    [go],
  )

  return (
    <Page
      title="Disagreements"
      description="Cases on which people disagree, are unsure, or passed on. Someone who has not reviewed the case decides, and says why in a sentence."
      width="wide"
    >
      <Tabs<Tab>
        label="What waits"
        value={tab}
        onChange={(next) => void go({ tab: next, case: null })}
        tabs={TABS.map((value) => ({
          value,
          label:
            value === 'settled' || !counts
              ? NAMES[value]
              : `${NAMES[value]} ${count(counts[value])}`,
        }))}
      />
      <Loaded query={query}>
        {({ items }) =>
          shownId ? (
            <div className="grid min-w-0 items-start gap-6 lg:grid-cols-[17rem_minmax(0,1fr)]">
              <WaitingList items={items} shownId={shownId} onShow={(id) => void go({ case: id })}>
                {more ? (
                  <Button size="sm" variant="ghost" busy={more.busy} onClick={more.load}>
                    Show more
                  </Button>
                ) : null}
              </WaitingList>
              <Loaded query={categories}>
                {(all) => (
                  <DisputeScreen
                    key={shownId}
                    project={project}
                    caseId={shownId}
                    categories={all}
                    onMove={move}
                    onSettled={leaveSettled}
                  />
                )}
              </Loaded>
            </div>
          ) : (
            <Empty title={NOTHING[tab].title}>{NOTHING[tab].text}</Empty>
          )
        }
      </Loaded>
    </Page>
  )
}

const NAMES: Record<Tab, string> = {
  labels: 'Disagreements',
  unsure: 'Unsure',
  skipped: 'Passed on',
  settled: 'Settled',
}

const NOTHING: Record<Tab, { title: string; text: string }> = {
  labels: {
    title: 'Nobody disagrees',
    text: 'A case appears here when all answers to it are in and they differ.',
  },
  unsure: {
    title: 'Nobody is left unsure',
    text: 'A case appears here when everyone asked says “wrong, unsure which”.',
  },
  skipped: {
    title: 'Nothing was passed on',
    text: 'A case appears here when reviewers and then a prompt engineer have skipped it.',
  },
  settled: {
    title: 'Nothing is settled yet',
    text: 'What is settled stays here, with its sentence, and whoever settled it can change it.',
  },
}
