'use client'
import { createContext, type ReactNode, use, useMemo } from 'react'
import { Badge } from '@/components/ui/badge'
import { blocks } from '@/lib/versions/checks/rules'
import type { Check } from '@/lib/versions/checks/schema'

type Mark = 'mend' | 'look'

const MarksContext = createContext<ReadonlyMap<string, Mark>>(new Map())

/** Marks the examples that a check is about, wherever they are listed inside. */
export function ExampleMarks({
  checks,
  children,
}: {
  checks: readonly Check[] | null
  children: ReactNode
}) {
  const marks = useMemo(() => listMarks(checks ?? []), [checks])
  return <MarksContext value={marks}>{children}</MarksContext>
}

function listMarks(checks: readonly Check[]): ReadonlyMap<string, Mark> {
  const marks = new Map<string, Mark>()
  for (const check of checks) {
    if (check.place.part !== 'example') continue
    for (const id of [check.place.exampleId, check.relatedId]) {
      // Both sides of a contradiction are to be mended; a repetition is only pointed at where it is one.
      if (id === undefined || (id === check.relatedId && !blocks(check))) continue
      if (blocks(check)) marks.set(id, 'mend')
      else if (!marks.has(id)) marks.set(id, 'look')
    }
  }
  return marks
}

/** Also what a line of the checks finds its example by. */
export function ExampleMark({ id }: { id: string }) {
  const mark = use(MarksContext).get(id)
  return (
    <span data-example={id} className={mark ? undefined : 'hidden'}>
      {mark === 'mend' ? <Badge tone="bad">to mend</Badge> : null}
      {mark === 'look' ? <Badge tone="warn">to look at</Badge> : null}
    </span>
  )
}
