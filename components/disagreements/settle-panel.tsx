import { type RefObject, useMemo } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Time } from '@/components/ui/time'
import type { Definition } from '@/lib/reviews/definitions/schema'
import type { DisputeView, SettleInput } from '@/lib/reviews/disagreements/schema'
import { LabelChoice } from './label-choice'
import { PrecedentForm } from './precedent-form'

type SettlePanelProps = {
  view: DisputeView
  categories: readonly Definition[]
  /** Decided on, and waits for its sentence. */
  chosen: Definition | null
  search: RefObject<HTMLInputElement | null>
  busy: boolean
  onChoose: (labelId: string) => void
  onBack: () => void
  onLeave: () => void
  onSettle: (input: SettleInput) => void
  onKeys: () => void
}

/** One decision at a time: the label, then why. */
export function SettlePanel(props: SettlePanelProps) {
  const { view, categories, chosen } = props
  const { settled, maySettle, whyNot } = view
  const given = useMemo(
    () => new Set(view.answers.flatMap(({ history }) => history.at(-1)?.labelId ?? [])),
    [view],
  )
  return (
    <section
      aria-label="Decision"
      className="grid min-w-0 content-start gap-4 lg:sticky lg:top-16 lg:self-start"
    >
      {settled ? <SettledAs settled={settled} /> : null}
      {maySettle ? null : <Notice tone="warn" title={whyNot} />}
      {maySettle && chosen ? (
        <PrecedentForm
          label={chosen}
          categories={categories}
          former={settled}
          busy={props.busy}
          onSettle={props.onSettle}
          onBack={props.onBack}
        />
      ) : null}
      {maySettle && !chosen ? (
        <>
          <h2 className="font-semibold">{settled ? 'Change it to' : 'Which label is right?'}</h2>
          <LabelChoice
            categories={categories}
            given={given}
            field={props.search}
            onChoose={props.onChoose}
            onLeave={props.onLeave}
          />
        </>
      ) : null}
      <Button size="sm" variant="ghost" kbd="?" className="w-fit" onClick={props.onKeys}>
        Keys
      </Button>
    </section>
  )
}

function SettledAs({ settled }: { settled: NonNullable<DisputeView['settled']> }) {
  return (
    <div className="rounded-xl border border-line bg-surface p-3.5">
      <p className="text-[13px] text-muted">
        Settled by {settled.own ? `${settled.by} (you)` : settled.by} · <Time iso={settled.at} />
      </p>
      <p className="font-semibold">
        {settled.label}
        {settled.secondLabel ? (
          <span className="font-normal text-muted"> or {settled.secondLabel}</span>
        ) : null}
      </p>
      <p className="wrap-anywhere mt-1">{settled.precedent}</p>
    </div>
  )
}
