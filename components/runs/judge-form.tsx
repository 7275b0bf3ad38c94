'use client'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field, Input, Select } from '@/components/ui/field'
import { count, money, roughly } from '@/components/ui/figures'
import { focusWrong } from '@/components/ui/focus-wrong'
import { Loaded } from '@/components/ui/loaded'
import { Notice } from '@/components/ui/notice'
import { PriceNote } from '@/components/ui/price-note'
import { showError } from '@/components/ui/show-error'
import { StandIn } from '@/components/ui/stand-in'
import { useOnce } from '@/components/ui/use-once'
import { judgingEstimateQuery, useStartJudging } from '@/lib/runs/judging/queries'
import type { JudgingEstimate, SecondOpinion } from '@/lib/runs/judging/schema'
import { NO_LIMITS, readLimits, sayAllowed } from '@/lib/runs/limits/rules'
import { runOptionsQuery } from '@/lib/runs/queries'
import { nameVersion } from '@/lib/versions/rules'
import { FigureList } from './figure-list'

type JudgeFormProps = {
  project: string
  runId: string
  usual: SecondOpinion['usual']
  /** Started or given up. */
  onEnd: () => void
}

/** Who judges, what it takes, and the start. */
export function JudgeForm({ project, runId, usual, onEnd }: JudgeFormProps) {
  const start = useStartJudging(project, runId)
  const once = useOnce()
  const options = useQuery(runOptionsQuery(project))
  const [typed, setTyped] = useState(usual.modelId)
  const [versionId, setVersionId] = useState(usual.versionId)
  // The estimate follows the model once its name has been written to the end.
  const [modelId, setModelId] = useState(usual.modelId)
  const [dollars, setDollars] = useState('')
  const estimate = useQuery(judgingEstimateQuery(project, runId, { modelId, versionId }))
  const limits = readLimits({ ...NO_LIMITS, dollars })
  const named = typed.trim() !== ''
  const obstacle = estimate.data?.obstacle ?? null

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (focusWrong(event.currentTarget)) return
    if (limits === null || !named) return
    const { costLimit } = limits
    once((again) =>
      start.mutate(
        { modelId: typed.trim(), versionId, costLimit },
        {
          onError: (error) => {
            again()
            showError(error)
          },
          onSuccess: onEnd,
        },
      ),
    )
  }

  return (
    <form onSubmit={submit} className="grid gap-4 rounded-lg border border-line p-4">
      <div className="grid gap-4 sm:grid-cols-3">
        <Field
          label="Model that judges"
          hint="Its Bedrock id. One of another family errs in other places."
          error={named ? undefined : 'Name a model.'}
        >
          {(id) => (
            <Input
              id={id}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
              onBlur={() => setModelId(typed.trim())}
            />
          )}
        </Field>
        <Field label="Judges by" hint="It reads rules and categories of this version, no examples.">
          {(id) => (
            <Select id={id} value={versionId} onChange={({ target }) => setVersionId(target.value)}>
              {(options.data?.versions ?? []).map((version) => (
                <option key={version.id} value={version.id}>
                  {[nameVersion(version), version.note].filter(Boolean).join(' · ')}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field
          label="Budget in dollars"
          hint="It pauses there, and can go on with more."
          error={limits === null ? sayAllowed('dollars') : undefined}
        >
          {(id) => (
            <Input
              id={id}
              inputMode="decimal"
              placeholder="none"
              value={dollars}
              onChange={({ target }) => setDollars(target.value)}
            />
          )}
        </Field>
      </div>
      <Loaded query={estimate}>{(one) => <Estimate project={project} estimate={one} />}</Loaded>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={start.isPending} disabled={obstacle !== null}>
          Start judging
        </Button>
        <Button variant="ghost" onClick={onEnd}>
          Not now
        </Button>
      </div>
    </form>
  )
}

type EstimateProps = { project: string; estimate: JudgingEstimate }

function Estimate({ project, estimate }: EstimateProps) {
  const {
    cases,
    inputTokens,
    outputTokens,
    cost,
    priced,
    durationMs,
    measured,
    standIn,
    obstacle,
  } = estimate
  return (
    <div className="grid gap-4" aria-live="polite">
      <FigureList
        figures={[
          { name: 'Suggestions', value: count(cases), note: 'those with a valid label' },
          {
            name: 'Tokens',
            value: count(inputTokens + outputTokens),
            note: `${count(inputTokens)} in, ${count(outputTokens)} out`,
          },
          {
            name: 'Cost',
            value: cost === null ? 'not known' : money(cost),
            note: <PriceNote {...{ project, cost, priced }} />,
          },
          {
            name: 'Time',
            value: roughly(durationMs),
            note: measured ? 'as the last one went' : 'a guess: nothing measured yet',
          },
        ]}
      />
      {standIn ? (
        <p className="text-[13px] text-muted">
          Answered by the <StandIn />: it {cost === 0 ? 'costs nothing, and ' : ''}says nothing of a
          model.
        </p>
      ) : null}
      {obstacle === null ? null : (
        <Notice tone="bad" title="This can’t be asked">
          {obstacle}
        </Notice>
      )}
    </div>
  )
}
