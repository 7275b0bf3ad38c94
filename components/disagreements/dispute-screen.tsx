import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useCallback, useEffect, useRef, useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Conversation } from '@/components/ui/conversation'
import { Loaded } from '@/components/ui/loaded'
import { showError } from '@/components/ui/show-error'
import { useSingleKeys } from '@/components/ui/use-single-keys'
import type { Definition } from '@/lib/reviews/definitions/schema'
import type { SettleIntent } from '@/lib/reviews/disagreements/keys/rules'
import { disputeQuery, useSettleCase } from '@/lib/reviews/disagreements/queries'
import type { DisputeView, SettleInput } from '@/lib/reviews/disagreements/schema'
import { AnswersSideBySide } from './answers-side-by-side'
import { SettlePanel } from './settle-panel'
import { useSettleKeys } from './use-settle-keys'

const SettleKeysDialog = dynamic(() =>
  import('./settle-keys-dialog').then((file) => file.SettleKeysDialog),
)

type DisputeScreenProps = {
  project: string
  caseId: string
  categories: readonly Definition[]
  onMove: (by: 1 | -1) => void
  onSettled: (view: DisputeView) => void
}

export function DisputeScreen(props: DisputeScreenProps) {
  const query = useQuery(disputeQuery(props.project, props.caseId))
  return <Loaded query={query}>{(view) => <Dispute {...props} view={view} />}</Loaded>
}

const NO_KEYS: readonly string[] = []

function Dispute({
  project,
  view,
  categories,
  onMove,
  onSettled,
}: DisputeScreenProps & { view: DisputeView }) {
  const [chosenId, setChosenId] = useState<string | null>(null)
  const [showsKeys, setShowsKeys] = useState(false)
  const [singleKeys] = useSingleKeys()
  const settle = useSettleCase(project)
  const home = useRef<HTMLElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const goHome = useCallback(() => home.current?.focus({ preventScroll: true }), [])
  // A new case begins with the focus on it, never on a button of the case before.
  useEffect(goHome, [goHome])

  const ids = useRef(NO_KEYS)
  ids.current = view.maySettle ? categories.map(({ id }) => id) : NO_KEYS
  const act = useCallback(
    (intent: SettleIntent) => {
      if (intent.means === 'label') setChosenId(intent.labelId)
      else if (intent.means === 'search') {
        setChosenId(null)
        search.current?.focus()
      } else if (intent.means === 'keys') setShowsKeys(true)
      else onMove(intent.means === 'next' ? 1 : -1)
    },
    [onMove],
  )
  useSettleKeys(ids, singleKeys, act)

  function save(input: SettleInput) {
    settle.mutate({ caseId: view.caseId, ...input }, { onSuccess: onSettled, onError: showError })
  }

  const nameOf = (id: string) =>
    categories.find((category) => category.id === id)?.name ?? 'A former category'
  return (
    <div className="grid min-w-0 gap-6 lg:grid-cols-[minmax(0,1fr)_21rem]">
      <article ref={home} tabIndex={-1} aria-label="Case" className="min-w-0 outline-none">
        <h2 className="wrap-anywhere font-semibold text-lg leading-snug">{view.subject}</h2>
        <p className="mt-1 mb-4 flex flex-wrap items-center gap-2 text-[13px] text-muted">
          <span className="wrap-anywhere font-mono text-xs">{view.externalId}</span>
          <Badge>{view.pool} pool</Badge>
        </p>
        <AnswersSideBySide view={view} nameOf={nameOf} />
        <Conversation
          messages={view.messages}
          highlights={view.suggestion?.evidencePlace ? [view.suggestion.evidencePlace] : []}
          foldMiddle
        />
      </article>
      <SettlePanel
        view={view}
        categories={categories}
        chosen={categories.find(({ id }) => id === chosenId) ?? null}
        search={search}
        busy={settle.isPending}
        onChoose={setChosenId}
        onBack={() => {
          setChosenId(null)
          goHome()
        }}
        onLeave={goHome}
        onSettle={save}
        onKeys={() => setShowsKeys(true)}
      />
      {showsKeys ? <SettleKeysDialog onClose={() => setShowsKeys(false)} /> : null}
    </div>
  )
}
