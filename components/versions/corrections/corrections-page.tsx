'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { Page } from '@/components/layout/page'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Loaded } from '@/components/ui/loaded'
import { projectQuery } from '@/lib/projects/queries'
import { confusionPairsQuery } from '@/lib/versions/corrections/queries'
import type { ConfusionPair } from '@/lib/versions/corrections/schema'
import { CorrectionList } from './correction-list'
import { PairList } from './pair-list'

type CorrectionsPageProps = { project: string; mayEdit: boolean }

type Chosen = Pick<ConfusionPair, 'suggestedId' | 'rightId'>

/** What people corrected, by what was taken for what; each can become an example. */
export function CorrectionsPage({ project: slug, mayEdit }: CorrectionsPageProps) {
  const project = useQuery(projectQuery(slug))
  const pairs = useQuery(confusionPairsQuery(slug))
  const [chosen, setChosen] = useState<Chosen | null>(null)
  return (
    <Page
      title="Corrections"
      width="wide"
      description="Where people disagreed with a suggestion. A promoted correction becomes an example in the next version of the prompt."
    >
      <Loaded query={project}>
        {({ categories }) => (
          <Loaded query={pairs}>
            {(all) => {
              const first = all.find(({ counts }) => counts.open > 0) ?? all[0]
              if (!first) return <NoCorrections project={slug} />
              const pair = all.find((one) => chosen && isSame(one, chosen)) ?? first
              const names = new Map(categories.map(({ id, name }) => [id, name]))
              const nameOf = (id: string | null, none: string) =>
                id === null ? none : (names.get(id) ?? 'a former category')
              return (
                <div className="grid min-w-0 items-start gap-4 lg:grid-cols-[20rem_minmax(0,1fr)]">
                  <PairList pairs={all} chosen={pair} onChoose={setChosen} nameOf={nameOf} />
                  <CorrectionList
                    key={`${pair.suggestedId} ${pair.rightId}`}
                    project={slug}
                    pair={pair}
                    mayEdit={mayEdit}
                    nameOf={nameOf}
                  />
                </div>
              )
            }}
          </Loaded>
        )}
      </Loaded>
    </Page>
  )
}

const isSame = (a: Chosen, b: Chosen) => a.suggestedId === b.suggestedId && a.rightId === b.rightId

function NoCorrections({ project }: { project: string }) {
  return (
    <Empty
      title="No corrections yet"
      action={
        <Button asChild variant="primary">
          <Link href={`/projects/${project}/review`}>Review cases</Link>
        </Button>
      }
    >
      They come from reviews of the example pool: a thumbs down, or a right label for the wrong
      reason. Release a version and label cases with it, so that reviewers have suggestions to
      judge.
    </Empty>
  )
}
