'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Field, Select } from '@/components/ui/field'
import { count, money, roughly } from '@/components/ui/figures'
import { Loaded } from '@/components/ui/loaded'
import { Notice } from '@/components/ui/notice'
import { PriceNote } from '@/components/ui/price-note'
import { showError } from '@/components/ui/show-error'
import { StandIn } from '@/components/ui/stand-in'
import { useOnce } from '@/components/ui/use-once'
import { effectEstimateQuery, useStartEffects } from '@/lib/runs/effects/queries'
import { nameParts } from '@/lib/runs/effects/rules'
import type { EffectEstimate, EffectsView, EffectUnit } from '@/lib/runs/effects/schema'
import { versionPath } from '@/lib/versions/rules'
import type { VersionView } from '@/lib/versions/schema'

const SIZES = [50, 150, 500, 1_500]
/** Enough to see a large effect, and soon there. */
const USUAL_SIZE = 150

type StartEffectsProps = { project: string; version: VersionView; effects: EffectsView }

/** Chooses what is left out at a time and over how many cases, with what it would take. */
export function StartEffects({ project, version, effects }: StartEffectsProps) {
  const ref = versionPath(version)
  const [unit, setUnit] = useState<EffectUnit>(effects.suggestedUnit)
  const [limit, setLimit] = useState<number | null>(
    effects.labelledDevCases > USUAL_SIZE ? USUAL_SIZE : null,
  )
  const estimate = useQuery(effectEstimateQuery(project, ref, { unit, limit }))
  const start = useStartEffects(project, ref)
  const once = useOnce()
  const sizes = SIZES.filter((size) => size < effects.labelledDevCases || size === limit)
  const again = effects.study !== null
  const over = effects.study?.toGoOn
    ? ' It starts from the beginning; “Continue” goes on with the one that ended early.'
    : ''
  return (
    <Card
      title={again ? 'Look again' : 'See what each example does'}
      description={`The labelled cases of dev are asked again without some of the examples at a time, and compared with the answers that the whole version gives. It runs in the background, one run at a time, so that other work goes on.${over}`}
    >
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Left out at a time" className="w-full sm:w-72">
          {(id) => (
            <Select
              id={id}
              value={unit}
              onChange={({ target }) =>
                setUnit(target.value === 'category' ? 'category' : 'example')
              }
            >
              <option value="example">
                One example{effects.suggestedUnit === 'example' ? '' : ' (many runs)'}
              </option>
              <option value="category">All examples of a category and kind</option>
            </Select>
          )}
        </Field>
        <Field label="Labelled cases" className="w-40">
          {(id) => (
            <Select
              id={id}
              value={limit ?? ''}
              onChange={({ target }) => setLimit(target.value === '' ? null : Number(target.value))}
            >
              {sizes.map((size) => (
                <option key={size} value={size}>
                  First {count(size)}
                </option>
              ))}
              <option value="">All of its run</option>
            </Select>
          )}
        </Field>
      </div>
      <div className="mt-4 grid gap-3">
        <Loaded query={estimate}>
          {(found) =>
            found.obstacle ? (
              <Notice
                tone="warn"
                title="This can’t be started yet"
                action={
                  found.cases === 0 ? (
                    <Link className="link" href={`/projects/${project}/review`}>
                      Review cases
                    </Link>
                  ) : null
                }
              >
                {found.obstacle}
              </Notice>
            ) : (
              <Estimate project={project} estimate={found} unit={unit} />
            )
          }
        </Loaded>
        <div>
          <Button
            variant={again ? 'secondary' : 'primary'}
            busy={start.isPending}
            disabled={!estimate.data || estimate.data.obstacle !== null}
            onClick={() =>
              once((again) =>
                start.mutate({ unit, limit }, { onError: showError, onSettled: again }),
              )
            }
          >
            {again ? 'Look again' : 'Start'}
          </Button>
        </div>
      </div>
    </Card>
  )
}

type EstimateProps = { project: string; estimate: EffectEstimate; unit: EffectUnit }

function Estimate({ project, estimate, unit }: EstimateProps) {
  const { parts, cases, baseCases, calls, inputTokens, outputTokens, cost, priced, standIn } =
    estimate
  return (
    <div className="grid gap-1 rounded-lg bg-sunken px-3.5 py-3 text-[13px]" role="status">
      <p>
        <span className="font-medium">
          {nameParts(parts, unit)} × {count(cases)} labelled cases
        </span>
        {baseCases > 0
          ? `, after a run of the whole version over the first ${count(baseCases)} cases of dev, which it has none of yet`
          : ', the same ones that its own run on dev has answered'}
      </p>
      <p className="flex flex-wrap items-center gap-x-2 text-muted tabular-nums">
        About {count(calls)} calls, {count(inputTokens)} tokens in and {count(outputTokens)} out,{' '}
        {cost === null ? null : `${money(cost)}, `}
        {priced || cost === null ? (
          <span>
            <PriceNote {...{ project, cost, priced }} />,
          </span>
        ) : null}{' '}
        {roughly(estimate.durationMs)}
        {estimate.measured ? '' : ' (a guess: this model was not measured yet)'}
        {standIn ? <StandIn /> : null}
      </p>
    </div>
  )
}
