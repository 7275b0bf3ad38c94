'use client'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Loaded } from '@/components/ui/loaded'
import { Notice } from '@/components/ui/notice'
import { categoryEffectQuery } from '@/lib/projects/categories/queries'
import { describeSeconds } from '@/lib/projects/categories/rules'
import type { CategoryEffect } from '@/lib/projects/categories/schema'

type EffectLinesProps = {
  project: string
  /** Whose cases are counted. */
  ids: readonly string[]
  /** The cases are labelled afresh; else their labels go on. */
  again: boolean
  /** What the labels go on as; null where the category is none any more. */
  into: string | null
  /** The category stays one: nothing that names it is left without a name. */
  stays?: boolean
}

const count = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`

/** What a change would do, in numbers, before it is made. */
export function EffectLines(props: EffectLinesProps) {
  const effect = useQuery(categoryEffectQuery(props.project, props.ids))
  if (props.ids.length === 0) return null
  return <Loaded query={effect}>{(data) => <Lines {...props} effect={data} />}</Loaded>
}

function Lines({
  again,
  into,
  stays = false,
  effect,
}: EffectLinesProps & { effect: CategoryEffect }) {
  const lines = [
    ...(again ? linesOfRecall(effect) : linesOfCarrying(effect)),
    ...(stays ? [] : linesOfNames(effect, into)),
    ...(effect.examples > 0
      ? [
          `${count(effect.examples, 'example')} in drafts ${
            again ? 'will be flagged to get a new label.' : `will be labelled “${into}”.`
          }`,
        ]
      : []),
  ]
  return (
    <Notice
      tone={again && effect.cases > 0 ? 'warn' : 'neutral'}
      title={headline(effect, again, into)}
    >
      <Listed lines={lines} />
    </Notice>
  )
}

function headline({ cases, labels, effort }: CategoryEffect, again: boolean, into: string | null) {
  if (again) {
    if (cases === 0) return 'No case has it: nothing goes back into the queue.'
    const time = effort === null ? '' : `, ${describeSeconds(effort)} of reviewing at your pace`
    return `This puts ${count(cases, 'case')} back into the queue${time}.`
  }
  if (labels === 0) return 'No case has it as its label.'
  return `${count(labels, 'label becomes', 'labels become')} “${into}”. Nobody is asked again.`
}

function linesOfRecall({ cases, settled, imported, disputes, checks }: CategoryEffect): string[] {
  if (cases === 0) return []
  const kinds = [
    settled > 0 ? `${count(settled, 'was', 'were')} settled by someone` : '',
    imported > 0 ? `${count(imported, 'label')} came with a file` : '',
    disputes > 0 ? `${count(disputes, 'is an open disagreement', 'are open disagreements')}` : '',
  ].filter(Boolean)
  return [
    ...(kinds.length > 0 ? [`Of these, ${kinds.join(', ')}.`] : []),
    ...(checks > 0 ? [`${count(checks, 'check case is', 'check cases are')} put aside.`] : []),
    'What was said and labelled so far stays on the pages of the cases.',
  ]
}

const linesOfCarrying = ({ disputes }: CategoryEffect): string[] => [
  ...(disputes > 0
    ? [`${count(disputes, 'open disagreement is', 'open disagreements are')} counted anew.`]
    : []),
  'Answers stay as people gave them, and count as the new label.',
]

function linesOfNames({ seconds, inForce }: CategoryEffect, into: string | null): string[] {
  return [
    ...(seconds > 0
      ? [
          `${count(seconds, 'close call has', 'close calls have')} it as second choice: ${
            into === null ? 'it is dropped.' : `it becomes “${into}”.`
          }`,
        ]
      : []),
    ...(inForce !== null
      ? [
          `v${inForce}, in force, goes on suggesting it: that counts as ${
            into === null ? 'no valid label' : `“${into}”`
          } until a new version is released.`,
        ]
      : []),
  ]
}

function Listed({ lines }: { lines: readonly string[] }): ReactNode {
  return (
    <ul className="mt-1 grid gap-0.5">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
