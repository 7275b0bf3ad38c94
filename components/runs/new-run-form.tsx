'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Field, Select } from '@/components/ui/field'
import { focusWrong } from '@/components/ui/focus-wrong'
import { showError } from '@/components/ui/show-error'
import { useOnce } from '@/components/ui/use-once'
import {
  DEFAULT_LIMIT,
  NO_LIMITS,
  readCaseLimit,
  readLimits,
  type TypedLimits,
} from '@/lib/runs/limits/rules'
import { useStartRun } from '@/lib/runs/queries'
import type { RunOptions } from '@/lib/runs/schema'
import { nameVersion } from '@/lib/versions/rules'
import { CaseLimitField } from './case-limit-field'
import { Choices } from './choices'
import { EstimateCard } from './estimate-card'
import { LengthsCard } from './lengths-card'
import { LimitFields } from './limit-fields'
import { LimitForecast } from './limit-forecast'
import { type Mode, ModeChoices } from './mode-choices'
import { NoCases } from './no-cases'
import { PoolChoices } from './pool-choices'
import { RepeatField } from './repeat-field'

type NewRunFormProps = {
  project: string
  options: RunOptions
  start: { versionId?: string; pool: 'example' | 'dev' }
}

export function NewRunForm({ project, options, start }: NewRunFormProps) {
  const router = useRouter()
  const run = useStartRun(project)
  const once = useOnce()
  const known = options.versions.find(({ id }) => id === start.versionId) ?? options.versions[0]
  const [versionId, setVersionId] = useState(known?.id ?? '')
  const [pool, setPool] = useState(start.pool)
  const [size, setSize] = useState<'first' | 'all'>('first')
  const [asked, setMode] = useState<Mode>('on_demand')
  const [number, setNumber] = useState(String(DEFAULT_LIMIT))
  const [typed, setTyped] = useState<TypedLimits>(NO_LIMITS)
  const [repeats, setRepeats] = useState(1)
  const limit = size === 'all' ? null : readCaseLimit(number)
  const limits = readLimits(typed)
  const sized = size === 'all' || limit !== null
  const valid = sized && limits !== null
  const available = options.cases[pool]
  const chosen = options.versions.find(({ id }) => id === versionId)
  const batchObstacle = chosen?.batchObstacle ?? null
  const mode = batchObstacle === null ? asked : 'on_demand'

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (focusWrong(event.currentTarget)) return
    if (!valid || limits === null) return
    once((again) =>
      run.mutate(
        { versionId, pool, limit, mode, repeats, ...limits },
        {
          onError: (error) => {
            again()
            showError(error)
          },
          onSuccess: ({ id }) => router.push(`/projects/${project}/runs/${id}`),
        },
      ),
    )
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      <Card>
        <div className="grid gap-5">
          <Field
            label="Version"
            hint="A draft may be run too: the run keeps what it says at this moment."
          >
            {(id) => (
              <Select
                id={id}
                value={versionId}
                onChange={(event) => setVersionId(event.target.value)}
              >
                {options.versions.map((version) => (
                  <option key={version.id} value={version.id}>
                    {[nameVersion(version), version.note].filter(Boolean).join(' · ')}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <PoolChoices
            cases={options.cases}
            value={pool}
            onChange={setPool}
            hints={{
              dev: 'For trying versions: people label these without seeing a suggestion.',
              example: 'For review with the suggestion in view. Corrections become examples.',
            }}
          />
          <Choices
            legend="How many"
            name="size"
            value={size}
            onChange={setSize}
            choices={[
              {
                value: 'first',
                label: 'The first by random rank',
                hint: 'A fair sample, the same for every version, so that versions compare.',
              },
              { value: 'all', label: 'All of the pool' },
            ]}
          />
          {size === 'first' ? (
            <CaseLimitField value={number} onChange={setNumber} className="max-w-48" />
          ) : null}
          <ModeChoices
            project={project}
            choice={sized && available > 0 ? { versionId, pool, limit, mode } : null}
            value={mode}
            onChange={setMode}
            obstacle={batchObstacle}
            leastRecords={options.leastRecords}
          />
          <LimitFields typed={typed} runs={repeats} onChange={setTyped} />
          <RepeatField value={repeats} onChange={setRepeats} />
        </div>
      </Card>
      {available === 0 ? (
        <NoCases project={project} options={options} />
      ) : sized ? (
        <>
          <EstimateCard
            project={project}
            choice={{ versionId, pool, limit, mode }}
            repeats={repeats}
          />
          <LengthsCard project={project} choice={{ versionId, pool, limit }} />
          {limits === null ? null : (
            <LimitForecast
              project={project}
              choice={{ versionId, pool, limit, mode }}
              limits={limits}
              runs={repeats}
            />
          )}
        </>
      ) : null}
      <div>
        <Button
          type="submit"
          variant="primary"
          busy={run.isPending || run.isSuccess}
          disabled={available === 0}
        >
          Start run
        </Button>
      </div>
    </form>
  )
}
