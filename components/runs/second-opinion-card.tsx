'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Select } from '@/components/ui/field'
import { Loaded } from '@/components/ui/loaded'
import { secondOpinionQuery } from '@/lib/runs/judging/queries'
import type { Judging, SecondOpinion } from '@/lib/runs/judging/schema'
import { isEnded } from '@/lib/runs/rules'
import type { RunView } from '@/lib/runs/schema'
import { nameVersion } from '@/lib/versions/rules'
import { JudgeForm } from './judge-form'
import { JudgeReport } from './judge-report'

const TITLE = 'Second opinion by a model'
const DESCRIPTION =
  'Another model, or this one by another version’s descriptions, says of each suggestion whether it is right, with a reason. It is no person: nothing it says counts as a review.'

type SecondOpinionCardProps = { project: string; run: RunView; canRun: boolean }

/** Another model's view of a run that has ended: beside what people say, never one of them. */
export function SecondOpinionCard({ project, run, canRun }: SecondOpinionCardProps) {
  const query = useQuery(secondOpinionQuery(project, run.id, isEnded(run.status)))
  if (query.data) {
    return <Opinion project={project} run={run} canRun={canRun} opinion={query.data} />
  }
  return (
    <Card title={TITLE} description={DESCRIPTION}>
      <Loaded query={query}>{() => null}</Loaded>
    </Card>
  )
}

function Opinion({
  project,
  run,
  canRun,
  opinion,
}: SecondOpinionCardProps & { opinion: SecondOpinion }) {
  const [asking, setAsking] = useState(false)
  const [chosen, setChosen] = useState<string | null>(null)
  const { judges, judgeable, usual } = opinion
  const judge = judges.find(({ id }) => id === chosen) ?? judges[0]
  const atWork = judges.some(({ status }) => !isEnded(status))
  const mayAsk = canRun && isEnded(run.status) && judgeable > 0 && !atWork && !asking
  return (
    <Card
      title={TITLE}
      description={DESCRIPTION}
      action={
        <>
          {judges.length > 1 ? (
            <Select
              aria-label="Second opinion to show"
              className="w-auto max-w-64"
              value={judge?.id}
              onChange={({ target }) => setChosen(target.value)}
            >
              {judges.map((one, index) => (
                <option key={one.id} value={one.id}>
                  {nameJudge(one)}
                  {index === 0 ? ' (newest)' : ''}
                </option>
              ))}
            </Select>
          ) : null}
          {mayAsk ? (
            <Button size="sm" onClick={() => setAsking(true)}>
              {judge ? 'Ask again' : 'Ask a second model'}
            </Button>
          ) : null}
        </>
      }
    >
      <div className="grid gap-5">
        {asking ? (
          <JudgeForm
            project={project}
            runId={run.id}
            usual={usual}
            onEnd={() => {
              setAsking(false)
              setChosen(null)
            }}
          />
        ) : null}
        {judge ? (
          <JudgeReport
            key={judge.id}
            project={project}
            runId={run.id}
            judge={judge}
            canRun={canRun}
          />
        ) : asking ? null : (
          <p className="text-muted">{explainNone(run, judgeable, canRun)}</p>
        )}
      </div>
    </Card>
  )
}

const nameJudge = ({ modelId, versionId, versionNumber }: Judging): string =>
  `${modelId} by ${nameVersion({ id: versionId, number: versionNumber })}`

function explainNone(run: RunView, judgeable: number, canRun: boolean): string {
  if (!isEnded(run.status)) return 'A second model can be asked once this run has ended.'
  if (judgeable === 0) {
    return 'This run has no suggestion with a valid label: there is nothing to judge.'
  }
  return canRun
    ? 'None yet. You see what it costs before anything is asked.'
    : 'None yet. A prompt engineer can ask for one.'
}
