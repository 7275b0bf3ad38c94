'use client'
import Link from 'next/link'
import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { DifferingCase } from '@/lib/versions/trials/schema'

const AT_FIRST = 10

type DifferingCasesProps = {
  project: string
  title: string
  tone: 'good' | 'bad'
  cases: DifferingCase[]
  labelOf: ReadonlyMap<string, string>
  empty: string
}

/** Case by case what one side got right and the other did not. */
export function DifferingCases(props: DifferingCasesProps) {
  const { project, title, tone, cases, labelOf, empty } = props
  const [all, setAll] = useState(false)
  const nameOf = (id: string | null) =>
    id === null ? 'no valid label' : (labelOf.get(id) ?? 'a former category')
  const shown = all ? cases : cases.slice(0, AT_FIRST)
  return (
    <Card
      title={
        <>
          {title} <Badge tone={cases.length > 0 ? tone : 'neutral'}>{cases.length}</Badge>
        </>
      }
    >
      {cases.length === 0 ? <p className="text-[13px] text-muted">{empty}</p> : null}
      <ul>
        {shown.map((one) => (
          <li
            key={one.caseId}
            className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-line border-b py-2 text-[13px] last:border-b-0"
          >
            <Link
              className="link font-mono"
              href={`/projects/${project}/cases/${one.caseId}`}
              prefetch={false}
            >
              {one.externalId}
            </Link>
            <span className="min-w-0 flex-1 basis-40 break-words">{one.subject}</span>
            <span className="text-muted">
              {tone === 'bad'
                ? `should be ${nameOf(one.labelId)}, now ${nameOf(one.newLabelId)}`
                : `${nameOf(one.labelId)}, was ${nameOf(one.oldLabelId)}`}
            </span>
          </li>
        ))}
      </ul>
      {cases.length > AT_FIRST && !all ? (
        <Button size="sm" className="mt-2" onClick={() => setAll(true)}>
          Show all {cases.length}
        </Button>
      ) : null}
    </Card>
  )
}
