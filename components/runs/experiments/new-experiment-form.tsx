'use client'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type FormEvent, useDeferredValue, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Field, Input } from '@/components/ui/field'
import { focusWrong } from '@/components/ui/focus-wrong'
import { Loaded } from '@/components/ui/loaded'
import { Notice } from '@/components/ui/notice'
import { showError } from '@/components/ui/show-error'
import { useOnce } from '@/components/ui/use-once'
import { plainGrid } from '@/lib/runs/experiments/forms/rules'
import { planQuery, useStartExperiment } from '@/lib/runs/experiments/queries'
import { countSetups } from '@/lib/runs/experiments/rules'
import type { BestRule, Grid } from '@/lib/runs/experiments/schema'
import { DEFAULT_LIMIT, readCaseLimit } from '@/lib/runs/limits/rules'
import type { RunOptions } from '@/lib/runs/schema'
import { CaseLimitField } from '../case-limit-field'
import { LengthsCard } from '../lengths-card'
import { NoCases } from '../no-cases'
import { PoolChoices } from '../pool-choices'
import { RepeatField } from '../repeat-field'
import { GridFields } from './grid-fields'
import { PlanCard } from './plan-card'
import { RuleFields } from './rule-fields'
import { StartDialog } from './start-dialog'

type NewExperimentFormProps = { project: string; options: RunOptions; versionId?: string }

export function NewExperimentForm({ project, options, versionId }: NewExperimentFormProps) {
  const router = useRouter()
  const start = useStartExperiment(project)
  const once = useOnce()
  const first = options.versions.find(({ id }) => id === versionId) ?? options.versions[0]
  const [name, setName] = useState('')
  const [grid, setGrid] = useState<Grid>(() => plainGrid(first ? [first.id] : []))
  const [pool, setPool] = useState<'example' | 'dev'>('dev')
  const [number, setNumber] = useState(String(DEFAULT_LIMIT))
  const [repeats, setRepeats] = useState(1)
  const [rule, setRule] = useState<BestRule>({ kind: 'cheapest_within', points: 2 })
  const [asking, setAsking] = useState(false)
  const limit = readCaseLimit(number)
  const empty = Object.values(grid).some((values) => values.length === 0)
  const input = useDeferredValue({ pool, limit: limit ?? DEFAULT_LIMIT, repeats, grid })
  const plan = useQuery({ ...planQuery(project, input), enabled: !empty && limit !== null })
  const ready = !empty && limit !== null && plan.data !== undefined && plan.data.obstacle === null

  function ask(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (focusWrong(event.currentTarget)) return
    if (ready) setAsking(true)
  }

  function begin() {
    const named = name.trim() || `Experiment of ${countSetups(plan.data?.cells.length ?? 0)}`
    once((again) =>
      start.mutate(
        { pool, limit, repeats, grid, rule, name: named },
        {
          onError: (error) => {
            again()
            setAsking(false)
            showError(error)
          },
          onSuccess: ({ id }) => router.push(`/projects/${project}/runs/experiments/${id}`),
        },
      ),
    )
  }

  return (
    <form onSubmit={ask} className="grid gap-4">
      <Card title="What is tried">
        <div className="grid gap-5">
          <Field label="Name" className="max-w-md">
            {(id) => (
              <Input
                id={id}
                value={name}
                maxLength={100}
                placeholder="Packs and examples"
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <GridFields versions={options.versions} grid={grid} onChange={setGrid} />
        </div>
      </Card>
      <Card title="On which cases">
        <div className="grid gap-5">
          <PoolChoices
            cases={options.cases}
            value={pool}
            onChange={setPool}
            hints={{
              dev: 'For choosing: people label these without seeing a suggestion.',
              example: 'Only where dev is too small: examples and what is like them never count.',
            }}
          />
          <div className="flex flex-wrap items-start gap-4">
            <CaseLimitField
              value={number}
              onChange={setNumber}
              hint="The first by random rank, the same for every set-up."
              className="max-w-60"
            />
            <RepeatField value={repeats} onChange={setRepeats} />
          </div>
          <RuleFields rule={rule} target={options.target} onChange={setRule} />
        </div>
      </Card>
      {options.cases[pool] === 0 ? (
        <NoCases project={project} options={options} />
      ) : (
        <>
          <LengthsCard
            project={project}
            choice={{
              versionId: grid.versionIds[0] ?? '',
              pool: input.pool,
              limit: input.limit,
            }}
          />
          {empty ? (
            <Notice tone="warn" title="Something is not chosen">
              Each factor needs at least one value: “as the version says”, for one.
            </Notice>
          ) : (
            <Loaded query={plan}>
              {(planned) => <PlanCard project={project} plan={planned} repeats={input.repeats} />}
            </Loaded>
          )}
        </>
      )}
      <div>
        <Button type="submit" variant="primary" disabled={limit !== null && !ready}>
          Start experiment…
        </Button>
      </div>
      {plan.data ? (
        <StartDialog
          open={asking}
          onOpenChange={setAsking}
          plan={plan.data}
          repeats={input.repeats}
          busy={start.isPending || start.isSuccess}
          onStart={begin}
        />
      ) : null}
    </form>
  )
}
