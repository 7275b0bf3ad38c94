import { Badge } from '@/components/ui/badge'
import { StandIn } from '@/components/ui/stand-in'
import { Time } from '@/components/ui/time'
import type { DisputeView } from '@/lib/reviews/disagreements/schema'
import { SKIP_REASONS } from '@/lib/reviews/rules'
import { SaidItem } from './said-item'

type SideBySideProps = { view: DisputeView; nameOf: (id: string) => string }

/** What people said, each in a column of their own, and the model's suggestion where it may be seen. */
export function AnswersSideBySide({ view, nameOf }: SideBySideProps) {
  const { answers, skips, suggestion } = view
  return (
    <section aria-label="Answers" className="mb-6 grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
      {answers.map((answer, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: people keep their places, and names may repeat
        <PersonAnswer key={at} answer={answer} />
      ))}
      {skips.map((skip) => (
        <Box key={`${skip.by} ${skip.at}`} title={skip.by}>
          <p className="font-semibold">Passed on it</p>
          <p className="text-[13px] text-muted">
            {SKIP_REASONS[skip.reason]} · <Time iso={skip.at} />
          </p>
          {skip.note ? <p className="wrap-anywhere whitespace-pre-wrap">{skip.note}</p> : null}
        </Box>
      ))}
      {suggestion ? (
        <Box
          title={
            <>
              The model{suggestion.versionNumber ? ` (v${suggestion.versionNumber})` : ''}{' '}
              {suggestion.standIn ? <StandIn /> : null}
            </>
          }
        >
          <p className="font-semibold">
            {suggestion.labelId === null ? 'No valid label' : nameOf(suggestion.labelId)}
          </p>
          <p className="wrap-anywhere text-[13px]">{suggestion.explanation}</p>
        </Box>
      ) : null}
    </section>
  )
}

function PersonAnswer({ answer }: { answer: DisputeView['answers'][number] }) {
  const former = answer.history.slice(0, -1)
  const last = answer.history.at(-1)
  return (
    <Box
      title={
        <>
          {answer.own ? `${answer.reviewer} (you)` : answer.reviewer}{' '}
          {answer.secondOpinion ? <Badge>second opinion</Badge> : null}
        </>
      }
    >
      {last ? <SaidItem said={last} /> : null}
      {former.length > 0 ? (
        <details className="mt-2 text-[13px]">
          <summary className="cursor-pointer text-muted">
            {former.length === 1 ? 'One answer before' : `${former.length} answers before`}
          </summary>
          <ol className="mt-2 grid gap-2 border-line border-l pl-3">
            {former.map((said) => (
              <li key={said.reviewId}>
                <SaidItem said={said} />
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </Box>
  )
}

function Box({ title, children }: { title: React.ReactNode; children: React.ReactNode }) {
  return (
    <div className="min-w-0 rounded-xl border border-line bg-surface p-3.5">
      <h3 className="mb-1.5 text-[13px] text-muted">{title}</h3>
      {children}
    </div>
  )
}
