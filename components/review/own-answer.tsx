import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { duration } from '@/components/ui/figures'
import { Time } from '@/components/ui/time'
import type { OwnAnswer } from '@/lib/reviews/answers/schema'

/** One of one's own answers, and the way to another. */
export function OwnAnswerRow({ project, answer }: { project: string; answer: OwnAnswer }) {
  const { externalId, label, secondLabel, suggested, shown, thumb, note, seconds } = answer
  const base = `/projects/${project}`
  return (
    <li className="grid gap-1 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="wrap-anywhere min-w-0 font-medium">{answer.subject}</span>
        <span className="text-[13px] text-muted">
          {answer.openable ? (
            <Link
              prefetch={false}
              className="link font-mono text-xs"
              href={`${base}/cases/${answer.caseId}`}
            >
              {externalId}
            </Link>
          ) : (
            <span className="font-mono text-xs">{externalId}</span>
          )}{' '}
          · <Time iso={answer.at} className="whitespace-nowrap" />
          {seconds === null ? null : (
            <span className="whitespace-nowrap"> · {duration(seconds * 1000)}</span>
          )}
        </span>
      </div>
      <div className="flex flex-wrap items-center gap-2 text-[13px]">
        <span>{label ?? 'Wrong, unsure which'}</span>
        {thumb === 'up' ? <Badge tone="good">agreed</Badge> : null}
        {thumb === 'down' ? <Badge tone="bad">corrected</Badge> : null}
        {answer.closeCall ? (
          <Badge tone="warn">close call{secondLabel ? `, else ${secondLabel}` : ''}</Badge>
        ) : null}
        {answer.wrongReason ? <Badge tone="warn">wrong reason</Badge> : null}
        {shown && thumb === 'down' ? (
          <span className="text-muted">suggested: {suggested ?? 'no valid label'}</span>
        ) : null}
        {answer.changeable ? (
          <Button asChild size="sm" variant="ghost" className="ml-auto">
            <Link
              prefetch={false}
              href={`${base}/review?change=${answer.reviewId}`}
              aria-label={`Change the answer on ${externalId}`}
            >
              Change
            </Link>
          </Button>
        ) : null}
      </div>
      {note ? (
        <p className="wrap-anywhere whitespace-pre-wrap text-[13px] text-muted">{note}</p>
      ) : null}
    </li>
  )
}
