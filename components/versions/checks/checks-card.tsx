'use client'
import { memo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { cx } from '@/components/ui/cx'
import { redactText } from '@/lib/cases/redaction/rules'
import { blocks } from '@/lib/versions/checks/rules'
import type { Check, CheckFix } from '@/lib/versions/checks/schema'
import type { DraftKeeper } from '../editor/draft-keeper'
import { CheckLine } from './check-line'
import { showPlace } from './show-place'

/** Of one kind, so many are shown before one asks for the others. */
const FEW = 3

type ChecksCardProps = {
  /** Null until the draft has been looked at. */
  checks: Check[] | null
  keeper: DraftKeeper
  /** Brings the fields into view where they share the room with the prompt. */
  onEdit: () => void
}

/** What is to be mended before this draft can be frozen, and what is worth a look. */
export const ChecksCard = memo(function ChecksCard({ checks, keeper, onEdit }: ChecksCardProps) {
  // Where there is room the list is open from the start.
  const [open, setOpen] = useState<boolean | null>(null)
  const card = useRef<HTMLDivElement>(null)
  const found = checks ?? []

  function show({ place }: Check) {
    flushSync(onEdit)
    const { categories } = keeper.read().shown
    const category = (id: string) => categories.find(({ categoryId }) => categoryId === id)?.name
    if (!showPlace(place, { category })) {
      toast('That example is hidden by the filter of the examples.')
    }
  }

  function mend(fix: CheckFix) {
    const example = keeper.read().shown.examples.find(({ id }) => id === fix.exampleId)
    if (!example) return
    const { id, text, explanation, externalId } = example
    if (fix.do === 'redact') {
      const change = { text: redactText(text).text, explanation: redactText(explanation).text }
      keeper.perform({ do: 'changeExample', id, change })
    } else keeper.perform({ do: 'changeExample', id, change: { enabled: false } })
    const done = fix.do === 'redact' ? 'redacted' : 'switched off'
    toast(`Example ${externalId} ${done}.`, {
      action: { label: 'Undo', onClick: () => void keeper.undo() },
    })
    // The line is gone in a moment, and its button with it.
    card.current?.focus()
  }

  return (
    <div ref={card} tabIndex={-1} className="min-w-0 shrink-0 rounded-xl max-lg:order-first">
      <Card className="px-4 py-2.5 sm:px-4 sm:py-2.5">
        <div className="flex min-h-7 items-center gap-x-3">
          <h2 className="font-semibold text-[15px]">Checks</h2>
          <p role="status" className="min-w-0 flex-1 text-[13px] text-muted">
            {summarise(checks)}
          </p>
          {found.length > 0 ? (
            <>
              <Toggle
                isOpen={open ?? false}
                onToggle={setOpen}
                className={open === null ? 'lg:hidden' : ''}
              />
              {open === null ? (
                <Toggle isOpen onToggle={setOpen} className="max-lg:hidden" />
              ) : null}
            </>
          ) : null}
        </div>
        {found.length > 0 && open !== false ? (
          <div
            className={cx(
              '-mx-1.5 mt-1.5 max-h-[30vh] overflow-y-auto',
              open === null && 'max-lg:hidden',
            )}
          >
            <CheckList checks={found} onShow={show} onFix={mend} />
          </div>
        ) : null}
      </Card>
    </div>
  )
})

function summarise(checks: readonly Check[] | null) {
  if (!checks) return 'Looking at the draft…'
  const toMend = checks.filter(blocks).length
  const toLookAt = checks.length - toMend
  if (checks.length === 0) return 'All good'
  return (
    <>
      {toMend > 0 ? <span className="font-medium text-bad">{toMend} to mend</span> : null}
      {toMend > 0 && toLookAt > 0 ? ', ' : null}
      {toLookAt > 0 ? <span className="font-medium text-warn">{toLookAt} to look at</span> : null}
    </>
  )
}

type ToggleProps = { isOpen: boolean; onToggle: (open: boolean) => void; className: string }

function Toggle({ isOpen, onToggle, className }: ToggleProps) {
  return (
    <Button
      size="sm"
      variant="ghost"
      aria-expanded={isOpen}
      className={className}
      onClick={() => onToggle(!isOpen)}
    >
      {isOpen ? 'Hide' : 'Show'}
    </Button>
  )
}

type CheckListProps = {
  checks: readonly Check[]
  onShow: (check: Check) => void
  onFix: (fix: CheckFix) => void
}

function CheckList({ checks, onShow, onFix }: CheckListProps) {
  const [whole, setWhole] = useState<ReadonlySet<string>>(new Set())
  const kinds = [...new Set(checks.map(({ kind }) => kind))]
  return (
    <ul aria-label="Checks" className="grid">
      {kinds.flatMap((kind) => {
        const same = checks.filter((check) => check.kind === kind)
        const isFew = whole.has(kind) || same.length <= FEW + 1
        const lines = (isFew ? same : same.slice(0, FEW)).map((check) => (
          <CheckLine key={check.id} check={check} onShow={onShow} onFix={onFix} />
        ))
        return isFew
          ? lines
          : [
              ...lines,
              <li key={kind} className="px-1.5 py-0.5 pl-7">
                <Button
                  size="sm"
                  variant="ghost"
                  onClick={() => setWhole(new Set([...whole, kind]))}
                >
                  {same.length - FEW} more like this
                </Button>
              </li>,
            ]
      })}
    </ul>
  )
}
