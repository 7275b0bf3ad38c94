'use client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { Page } from '@/components/layout/page'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Input } from '@/components/ui/field'
import { Loaded } from '@/components/ui/loaded'
import { ShowMore } from '@/components/ui/show-more'
import { ownAnswersQuery } from '@/lib/reviews/answers/queries'
import { OwnAnswerRow } from './own-answer'

/** A person's own answers that stand, newest first. */
export function AnswersPage({ project }: { project: string }) {
  const [q, setQ] = useState('')
  const query = useInfiniteQuery({
    ...ownAnswersQuery(project, q),
    // What was found last stays in view while the next is looked for.
    placeholderData: keepPreviousData,
  })
  return (
    <Page title="My answers" width="narrow">
      <search>
        <SearchField onSearch={setQ} />
      </search>
      <Loaded query={query}>
        {({ pages }) => {
          const answers = pages.flatMap((page) => page.answers)
          if (answers.length === 0 && q) {
            return <Empty title="No answer found">Try other words, or a case’s id.</Empty>
          }
          if (answers.length === 0) return <NoAnswers project={project} />
          return (
            <Card>
              <ul className="-my-3 divide-y divide-line">
                {answers.map((answer) => (
                  <OwnAnswerRow key={answer.reviewId} project={project} answer={answer} />
                ))}
              </ul>
            </Card>
          )
        }}
      </Loaded>
      <ShowMore query={query} className="justify-self-center" />
    </Page>
  )
}

const PAUSE_MS = 250

/** Waits until the typing pauses, so that not every letter is a search. */
function SearchField({ onSearch }: { onSearch: (q: string) => void }) {
  const [typed, setTyped] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => onSearch(typed.trim()), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed, onSearch])
  return (
    <Input
      type="search"
      aria-label="Search my answers"
      placeholder="Search cases and notes"
      maxLength={200}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
    />
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
