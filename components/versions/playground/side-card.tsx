'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { count, duration, money } from '@/components/ui/figures'
import { Loaded } from '@/components/ui/loaded'
import { Notice } from '@/components/ui/notice'
import { PriceNote } from '@/components/ui/price-note'
import { StandIn } from '@/components/ui/stand-in'
import { Time } from '@/components/ui/time'
import { isValid, STATUS_WORDS } from '@/lib/runs/rules'
import { triedRequestQuery } from '@/lib/versions/playground/queries'
import type { TryAnswer, TrySide } from '@/lib/versions/playground/schema'
import { titleVersion } from '@/lib/versions/rules'

type SideCardProps = {
  project: string
  version: string
  side: TrySide
  isParent: boolean
  /** The final label of the case, where it has one. */
  finalLabel: string | null
  /** Its quotation is the one marked in the case. */
  marked: boolean
  onMark: () => void
  /** A draft that was saved since it was asked. */
  outdated: boolean
}

/** What one version said of the case: the answer first, what it took below, all of it on demand. */
export function SideCard(props: SideCardProps) {
  const { side, isParent, outdated } = props
  const { answer, error } = side
  return (
    <Card
      title={
        <>
          {titleVersion(side.version, side.parent)}
          {isParent ? <span className="font-normal text-muted"> · parent</span> : null}
        </>
      }
      description={
        side.version.number === null ? (
          <>
            As saved <Time iso={side.savedAt} />
            {outdated ? '. It was saved again since: ask again to see the difference.' : ''}
          </>
        ) : (
          'Frozen: it never changes.'
        )
      }
    >
      {answer ? <Answer {...props} answer={answer} /> : null}
      {error ? (
        <Notice tone="bad" title="No answer">
          {error}
        </Notice>
      ) : null}
    </Card>
  )
}

function Answer({ answer, ...props }: SideCardProps & { answer: TryAnswer }) {
  const { side, finalLabel, marked, onMark } = props
  return (
    <div className="grid gap-3">
      <div>
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="wrap-anywhere font-semibold text-lg leading-snug">
            {answer.label ?? 'No valid label'}
          </span>
          {answer.right === null ? null : (
            <Badge tone={answer.right ? 'good' : 'bad'}>
              {answer.right ? 'the final label' : `final label: ${finalLabel}`}
            </Badge>
          )}
          {answer.standIn ? <StandIn /> : null}
        </p>
        {isValid(answer.status) ? null : (
          <p className="text-[13px] text-warn">
            {STATUS_WORDS[answer.status].name}
            {answer.labelText ? `: “${answer.labelText}”` : ''}.{' '}
            {STATUS_WORDS[answer.status].meaning}
          </p>
        )}
      </div>
      {side.knows ? (
        <Notice tone="warn" title="An example of this version">
          This case, or one that says nearly the same, is among its examples: that it knows the
          answer proves nothing.
        </Notice>
      ) : null}
      {answer.cut ? (
        <Notice tone="warn" title="The case was cut">
          It is longer than the model takes beside this prompt: its first request and last answer
          were kept, the middle was left out.
        </Notice>
      ) : null}
      <p className="wrap-anywhere leading-6">
        {answer.explanation || <span className="text-muted">No explanation.</span>}
      </p>
      <Evidence answer={answer} marked={marked} onMark={onMark} />
      <dl className="grid grid-cols-3 gap-x-3 border-line border-t pt-3 text-[13px] tabular-nums">
        <Figure name="Tokens" value={`${count(answer.inputTokens + answer.cachedTokens)} in`}>
          {answer.cachedTokens > 0 ? `${count(answer.cachedTokens)} of them cached, ` : ''}
          {count(answer.outputTokens)} out
        </Figure>
        <Figure name="Cost" value={answer.cost === null ? 'not known' : money(answer.cost)}>
          <PriceNote project={props.project} {...answer} />
        </Figure>
        <Figure name="Time" value={duration(answer.latencyMs)} />
      </dl>
      <div className="grid gap-1">
        <details>
          <summary className="w-fit font-medium text-[13px]">Raw answer</summary>
          <Raw text={answer.rawAnswer || '(nothing)'} />
          <p className="text-muted text-xs">
            {STATUS_WORDS[answer.status].name}. Stopped because of:{' '}
            {answer.stopReason ?? 'not said'}.
          </p>
        </details>
        <Request {...props} callId={answer.callId} />
      </div>
    </div>
  )
}

type EvidenceProps = { answer: TryAnswer; marked: boolean; onMark: () => void }

function Evidence({ answer, marked, onMark }: EvidenceProps) {
  if (!answer.evidence) return <p className="text-[13px] text-muted">It quotes nothing.</p>
  return (
    <div>
      <blockquote className="wrap-anywhere border-line border-l-2 pl-3 text-[13px] text-muted">
        “{answer.evidence}”
      </blockquote>
      {answer.place ? (
        <Button
          size="sm"
          variant="ghost"
          className="-ml-2.5 mt-1"
          aria-pressed={marked}
          onClick={onMark}
        >
          {marked ? '✓ Marked in the case' : 'Mark in the case'}
        </Button>
      ) : (
        <p className="mt-1 text-[13px] text-warn">These words do not stand in the case.</p>
      )}
    </div>
  )
}

function Figure({
  name,
  value,
  children,
}: {
  name: string
  value: string
  children?: React.ReactNode
}) {
  return (
    <div className="min-w-0">
      <dt className="text-muted text-xs">{name}</dt>
      <dd className="font-medium">
        {value}
        {children ? <span className="block font-normal text-muted text-xs">{children}</span> : null}
      </dd>
    </div>
  )
}

type RequestProps = Pick<SideCardProps, 'project' | 'version'> & { callId: string }

/** Fetched when it is opened: it can be as long as the prompt. */
function Request({ project, version, callId }: RequestProps) {
  const [open, setOpen] = useState(false)
  const query = useQuery({ ...triedRequestQuery(project, version, callId), enabled: open })
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="w-fit font-medium text-[13px]">Exact request</summary>
      {open ? <Loaded query={query}>{({ request }) => <Raw text={request} />}</Loaded> : null}
    </details>
  )
}

function Raw({ text }: { text: string }) {
  return (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls, so it must take the focus
      tabIndex={0}
      className="wrap-anywhere my-1 max-h-96 overflow-auto whitespace-pre-wrap rounded-lg bg-sunken p-3 font-mono text-xs"
    >
      {text}
    </pre>
  )
}
