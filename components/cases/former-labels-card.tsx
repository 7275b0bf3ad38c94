import { Card } from '@/components/ui/card'
import { Time } from '@/components/ui/time'
import type { FormerLabel } from '@/lib/cases/opening/schema'

const SOURCES = {
  imported: 'came with the file',
  review: 'from a review',
  agreement: 'reviewers agreed',
  settled: 'settled',
}

/** What counts no more, since a change of the categories sent the case back into the queue. */
export function FormerLabelsCard({ former }: { former: readonly FormerLabel[] }) {
  if (former.length === 0) return null
  return (
    <Card title="Labelled before">
      <ol className="grid gap-4">
        {former.map((one) => (
          <li key={one.changeId} className="grid gap-1">
            <p className="text-[13px] text-muted">
              {one.sentence} · <Time iso={one.at} />
            </p>
            <p className="font-semibold">{one.label ?? 'It had no final label yet'}</p>
            {one.secondLabel ? (
              <p className="text-muted">close call, or {one.secondLabel}</p>
            ) : null}
            {one.source ? (
              <p className="text-[13px] text-muted">
                {SOURCES[one.source]}
                {one.settledBy ? ` by ${one.settledBy}` : ''}
              </p>
            ) : null}
            {one.definition ? (
              <p className="wrap-anywhere whitespace-pre-wrap text-[13px]">{one.definition}</p>
            ) : null}
            {one.precedent ? <p className="wrap-anywhere">{one.precedent}</p> : null}
            {one.answers.length > 0 ? (
              <ul className="mt-1 grid gap-1 border-line border-l-2 pl-3 text-[13px]">
                {one.answers.map((answer) => (
                  <li key={answer.id}>
                    {answer.reviewer}: {answer.label ?? 'Wrong, unsure which'}{' '}
                    <span className="text-muted">
                      <Time iso={answer.at} />
                    </span>
                    {answer.note ? (
                      <p className="wrap-anywhere whitespace-pre-wrap">{answer.note}</p>
                    ) : null}
                  </li>
                ))}
              </ul>
            ) : null}
          </li>
        ))}
      </ol>
    </Card>
  )
}
