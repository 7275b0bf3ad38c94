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
import { type NameOf, PairList } from './pair-list'

type CorrectionsPageProps = { project: string; mayEdit: boolean }

type Chosen = Pick<ConfusionPair, 'suggestedId' | 'rightId'>

/** What people corrected, by what was taken for what; each can become an example. */
export function CorrectionsPage({ project: slug, mayEdit }: CorrectionsPageProps) {
  const project = useQuery(projectQuery(slug))
  const pairs = useQuery(confusionPairsQuery(slug))
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
              const names = new Map(categories.map(({ id, name }) => [id, name]))
              const nameOf = (id: string | null, none: string) =>
                id === null ? none : (names.get(id) ?? 'a former category')
              return all.length === 0 ? (
                <NoCorrections project={slug} />
              ) : (
                <Pairs project={slug} mayEdit={mayEdit} pairs={all} nameOf={nameOf} />
              )
            }}
          </Loaded>
        )}
      </Loaded>
    </Page>
  )
}

type PairsProps = CorrectionsPageProps & { pairs: ConfusionPair[]; nameOf: NameOf }

/** Stays with the pair that was chosen, also when nothing of it is open any more. */
function Pairs({ project, mayEdit, pairs, nameOf }: PairsProps) {
  const [chosen, setChosen] = useState<Chosen | undefined>(
    () => pairs.find(({ counts }) => counts.open > 0) ?? pairs[0],
  )
  const pair = pairs.find((one) => chosen && isSame(one, chosen)) ?? pairs[0]
  if (!pair) return null
  return (
    <div className="grid min-w-0 items-start gap-4 lg:grid-cols-[20rem_minmax(0,1fr)]">
      <PairList pairs={pairs} chosen={pair} onChoose={setChosen} nameOf={nameOf} />
      <CorrectionList
        key={`${pair.suggestedId} ${pair.rightId}`}
        project={project}
        pair={pair}
        mayEdit={mayEdit}
        nameOf={nameOf}
      />
    </div>
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
