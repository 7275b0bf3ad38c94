import { type RefObject, useEffect, useState } from 'react'
import { toast } from 'sonner'
import { count } from '@/components/ui/figures'
import { showError } from '@/components/ui/show-error'
import { usePageKeys } from '@/components/ui/use-page-keys'
import { useSingleKeys } from '@/components/ui/use-single-keys'
import { type TriageIntent, triageIntentOf } from '@/lib/versions/corrections/keys/rules'
import {
  useDecideFold,
  useUndoFoldDecision,
  useWithdrawPromotion,
} from '@/lib/versions/corrections/queries'
import { isUndecided, mayBePromoted } from '@/lib/versions/corrections/rules'
import type { FoldedCorrection } from '@/lib/versions/corrections/schema'

export type Step = { kind: 'promote' | 'dismiss'; row: FoldedCorrection } | { kind: 'keys' } | null

/** Ways to take decisions back, the newest last; they outlive the list of a pair. */
export type Undos = (() => void)[]

type Choice = { decision: 'later' | 'open' } | { decision: 'dismissed'; reason: string }

type TriageOptions = {
  project: string
  rows: FoldedCorrection[]
  list: RefObject<HTMLElement | null>
  undos: RefObject<Undos>
  mayEdit: boolean
  /** Asked for when one goes beyond the last row. */
  onBeyond: () => void
}

/** Deciding on corrections one after the other, by keys or buttons; each decision can be undone. */
export function useTriage({ project, rows, list, undos, mayEdit, onBeyond }: TriageOptions) {
  const [step, setStep] = useState<Step>(null)
  const [singleKeys] = useSingleKeys()
  const decide = useDecideFold(project)
  const undoDecision = useUndoFoldDecision(project)
  const withdraw = useWithdrawPromotion(project)
  const [wanted, setWanted] = useState<string | null>(null)
  const [chosenId, setChosenId] = useState<string | null>(null)
  /** What the keys act on: the one that had the focus last, at first what waits for a decision. */
  const current =
    rows.find(({ reviewId }) => reviewId === chosenId) ??
    rows.find(({ status }) => isUndecided(status)) ??
    rows[0]

  // Waits for an open dialog, which gives the focus back to where it came from when it closes.
  useEffect(() => {
    if (wanted === null || step !== null) return
    const timer = setTimeout(() => {
      const row = list.current?.querySelector<HTMLElement>(`[data-correction="${wanted}"]`)
      const end = list.current?.querySelector<HTMLElement>('[data-end]')
      ;(row ?? end)?.focus()
      setWanted(null)
    })
    return () => clearTimeout(timer)
  }, [wanted, step, list])

  function goOnFrom({ reviewId }: FoldedCorrection) {
    const at = rows.findIndex((row) => row.reviewId === reviewId)
    const isNext = (row: FoldedCorrection) => row.reviewId !== reviewId && isUndecided(row.status)
    const next = rows.slice(at + 1).find(isNext) ?? rows.find(isNext)
    setWanted(next?.reviewId ?? 'none')
  }

  /** The newest is undone by the key; each by the button of its own message. */
  function remember(row: FoldedCorrection, takeBack: () => Promise<unknown>): () => void {
    const undo = () => {
      undos.current = undos.current.filter((one) => one !== undo)
      takeBack().then(() => setWanted(row.reviewId), showError)
    }
    undos.current.push(undo)
    return undo
  }

  function decideAs(row: FoldedCorrection, choice: Choice) {
    const decision = { ...choice, id: crypto.randomUUID(), reviewId: row.reviewId }
    const decided = {
      ...row,
      status: choice.decision === 'open' && row.rightId === null ? 'unsettled' : choice.decision,
      decisionReason: choice.decision === 'dismissed' ? choice.reason : '',
    } as const
    setStep(null)
    if (choice.decision !== 'open') goOnFrom(row)
    decide.mutateAsync({ decision, row: decided }).then(({ id, size }) => {
      const undo = remember(row, () => undoDecision.mutateAsync({ id, row }))
      toast(`${DONE[choice.decision]}: ${nameFold(row, size)}`, {
        action: { label: 'Undo', onClick: undo },
      })
    }, showError)
  }

  function afterPromotion(row: FoldedCorrection, versionId: string): () => void {
    setStep(null)
    goOnFrom(row)
    return remember(row, () =>
      withdraw.mutateAsync({ reviewId: row.reviewId, versionId, before: row }),
    )
  }

  function moveFocus(by: number) {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[data-correction]') ?? [])]
    const at = items.findIndex((item) => item.dataset.correction === current?.reviewId)
    const next = at + by
    if (next >= items.length) onBeyond()
    const item = items[Math.min(items.length - 1, Math.max(0, next))]
    item?.focus({ preventScroll: true })
    item?.scrollIntoView({ block: 'nearest' })
  }

  function undoLast() {
    const undo = undos.current.at(-1)
    if (undo) undo()
    else toast('There is no decision to undo.', { id: 'no-undo' })
  }

  function act(intent: TriageIntent) {
    if (intent === 'keys') return setStep({ kind: 'keys' })
    if (intent === 'undo') return undoLast()
    if (intent === 'next') return moveFocus(1)
    if (intent === 'previous') return moveFocus(-1)
    if (!current) return
    if (intent === 'promote') {
      if (canPromote(current)) setStep({ kind: 'promote', row: current })
    } else if (isUndecided(current.status)) {
      if (intent === 'dismiss') setStep({ kind: 'dismiss', row: current })
      else decideAs(current, { decision: 'later' })
    }
  }

  usePageKeys((pressed) => {
    const intent = triageIntentOf(pressed, { mayEdit, singleKeys })
    if (intent) act(intent)
    return intent !== null
  })

  const choose = ({ reviewId }: FoldedCorrection) => setChosenId(reviewId)
  return { step, setStep, currentId: current?.reviewId ?? null, choose, decideAs, afterPromotion }
}

const DONE = { dismissed: 'Dismissed', later: 'Put off', open: 'Open again' }

/** A right label must be known, and something must have been wrong. */
export const canPromote = ({ status, rightId }: FoldedCorrection) =>
  rightId !== null && mayBePromoted(status)

const nameFold = ({ externalId }: FoldedCorrection, size: number) =>
  size === 1 ? externalId : `${externalId} and ${count(size - 1)} like it`
