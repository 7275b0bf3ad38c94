'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Page } from '@/components/layout/page'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Loaded } from '@/components/ui/loaded'
import { Time } from '@/components/ui/time'
import { ownAnswersQuery } from '@/lib/reviews/answers/queries'
import type { OwnAnswer } from '@/lib/reviews/answers/schema'

/** A person's own answers that stand, newest first. */
export function AnswersPage({ project }: { project: string }) {
  const query = useInfiniteQuery(ownAnswersQuery(project))
  return (
    <Page title="My answers" width="narrow">
      <Loaded query={query}>
        {({ pages }) => {
          const answers = pages.flatMap((page) => page.answers)
          if (answers.length === 0) return <NoAnswers project={project} />
          return (
            <Card>
              <ul className="-my-3 divide-y divide-line">
                {answers.map((answer) => (
                  <Answer key={answer.reviewId} answer={answer} />
                ))}
              </ul>
            </Card>
          )
        }}
      </Loaded>
      {query.hasNextPage ? (
        <Button
          className="justify-self-center"
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show more
        </Button>
      ) : null}
    </Page>
  )
}

function Answer({ answer }: { answer: OwnAnswer }) {
  return (
    <li className="grid gap-1 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="wrap-anywhere min-w-0 font-medium">{answer.subject}</span>
        <span className="text-[13px] text-muted">
          <span className="font-mono text-xs">{answer.externalId}</span> ·{' '}
          <Time iso={answer.at} className="whitespace-nowrap" />
        </span>
      </div>
      <div className="flex flex-wrap items-center gap-2 text-[13px]">
        <span>{answer.label ?? 'Wrong, unsure which'}</span>
        {answer.thumb === 'up' ? <Badge tone="good">agreed</Badge> : null}
        {answer.thumb === 'down' ? <Badge tone="bad">corrected</Badge> : null}
        {answer.closeCall ? (
          <Badge tone="warn">
            close call{answer.secondLabel ? `, else ${answer.secondLabel}` : ''}
          </Badge>
        ) : null}
        {answer.wrongReason ? <Badge tone="warn">wrong reason</Badge> : null}
      </div>
      {answer.note ? (
        <p className="wrap-anywhere whitespace-pre-wrap text-[13px] text-muted">{answer.note}</p>
      ) : null}
    </li>
  )
}

const NoAnswers = ({ project }: { project: string }) => (
  <Empty
    title="No answers yet"
    action={
      <Button asChild variant="primary">
        <Link href={`/projects/${project}/review`}>Start reviewing</Link>
      </Button>
    }
  >
    What you say of cases is listed here.
  </Empty>
)
