import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { toast } from 'sonner'
import { showError } from '@/components/ui/show-error'
import { useSingleKeys } from '@/components/ui/use-single-keys'
import type { Decision } from '@/lib/versions/corrections/decisions/schema'
import { useDecideCorrections, useWithdrawPromotion } from '@/lib/versions/corrections/queries'
import { isUndecided, mayBePromoted } from '@/lib/versions/corrections/rules'
import type { FoldedCorrection } from '@/lib/versions/corrections/schema'

export type Step = { kind: 'promote' | 'dismiss'; row: FoldedCorrection } | { kind: 'keys' } | null

type Choice = { decision: 'later' | 'open' } | { decision: 'dismissed'; reason: string }

type TriageOptions = {
  project: string
  rows: FoldedCorrection[]
  list: RefObject<HTMLElement | null>
  mayEdit: boolean
  /** Asked for when the focus goes beyond the last row. */
  onBeyond: () => void
}

/** Deciding on corrections one after the other, by keys or buttons; each decision can be undone. */
export function useTriage({ project, rows, list, mayEdit, onBeyond }: TriageOptions) {
  const [step, setStep] = useState<Step>(null)
  const [singleKeys] = useSingleKeys()
  const decide = useDecideCorrections(project)
  const withdraw = useWithdrawPromotion(project)
  const undos = useRef<(() => void)[]>([])
  const [wanted, setWanted] = useState<string | null>(null)

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
    const decisions = [row, ...row.alike].map(({ reviewId }): Decision => ({ reviewId, ...choice }))
    const decided = {
      ...row,
      status: choice.decision === 'open' && row.rightId === null ? 'unsettled' : choice.decision,
      decisionReason: choice.decision === 'dismissed' ? choice.reason : '',
    } as const
    setStep(null)
    if (choice.decision !== 'open') goOnFrom(row)
    decide.mutateAsync({ decisions, row: decided }).then(({ former }) => {
      const undo = remember(row, () => decide.mutateAsync({ decisions: former, row }))
      toast(`${DONE[choice.decision]}: ${nameRows(row)}`, {
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
    const at = items.findIndex((item) => item.contains(document.activeElement))
    const next = at + by
    if (next >= items.length) onBeyond()
    const item = items[Math.min(items.length - 1, Math.max(0, next))]
    item?.focus({ preventScroll: true })
    item?.scrollIntoView({ block: 'nearest' })
  }

  function actionOf(key: string, row: FoldedCorrection): (() => void) | null {
    if (key === '?') return () => setStep({ kind: 'keys' })
    if (key === 'j') return () => moveFocus(1)
    if (key === 'k') return () => moveFocus(-1)
    if (!mayEdit) return null
    if (key === 'u') return () => undos.current.at(-1)?.()
    if (key === 'p' && canPromote(row)) return () => setStep({ kind: 'promote', row })
    if (!isUndecided(row.status)) return null
    if (key === 'x') return () => setStep({ kind: 'dismiss', row })
    if (key === 'l') return () => decideAs(row, { decision: 'later' })
    return null
  }

  function onKey(event: KeyboardEvent, row: FoldedCorrection) {
    if (!singleKeys || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return
    const action = actionOf(event.key.toLowerCase(), row)
    if (!action) return
    event.preventDefault()
    action()
  }

  return { step, setStep, onKey, decideAs, afterPromotion }
}

const DONE = { dismissed: 'Dismissed', later: 'Put off', open: 'Open again' }

/** A right label must be known, and something must have been wrong. */
export const canPromote = ({ status, rightId }: FoldedCorrection) =>
  rightId !== null && mayBePromoted(status)

const nameRows = ({ externalId, alike }: FoldedCorrection) =>
  alike.length === 0 ? externalId : `${externalId} and ${alike.length} like it`

const isTyping = ({ target }: KeyboardEvent) =>
  target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
