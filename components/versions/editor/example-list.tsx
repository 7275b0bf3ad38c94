'use client'
import { memo, useCallback, useMemo } from 'react'
import { Badge } from '@/components/ui/badge'
import { exampleBefore } from '@/lib/versions/drafts/steps/rules'
import type { ExampleView } from '@/lib/versions/schema'
import type { DraftKeeper } from './draft-keeper'
import { ExampleRow } from './example-row'
import { neighbourFor } from './neighbour'
import { SortableList } from './sortable-list'

type ExampleListProps = {
  kind: 'good' | 'bad'
  all: ExampleView[]
  /** Those that the filter lets through. */
  found: ExampleView[]
  isFiltered: boolean
  names: ReadonlyMap<string, string>
  keeper: DraftKeeper
  onEdit: (id: string) => void
}

export const ExampleList = memo(function ExampleList(props: ExampleListProps) {
  const { kind, all, found, isFiltered, names, keeper, onEdit } = props
  const shown = useMemo(() => found.filter((example) => example.kind === kind), [found, kind])
  const own = useMemo(() => all.filter((example) => example.kind === kind), [all, kind])
  const inUse = own.filter(({ enabled }) => enabled).length
  const items = useMemo(
    () => shown.map(({ id, externalId }) => ({ id, name: `example ${externalId}` })),
    [shown],
  )
  const place = useCallback(
    (id: string, after: string | null) => {
      const { examples } = keeper.read().shown
      const first = examples.find((example) => example.kind === kind)
      // First of its kind: behind whatever stands before the kind's first.
      const behind = after ?? (first ? exampleBefore(examples, first.id) : null)
      keeper.perform({ do: 'moveExample', id, after: behind })
    },
    [keeper, kind],
  )
  const move = useCallback(
    (id: string, by: -1 | 1) => {
      const { examples } = keeper.read().shown
      const ids = examples.filter((example) => example.kind === kind).map((example) => example.id)
      place(id, neighbourFor(ids, id, by))
    },
    [keeper, kind, place],
  )
  return (
    <section aria-label={`${kind === 'good' ? 'Good' : 'Bad'} examples`}>
      <h3 className="mb-1.5 flex items-center gap-2 font-medium text-[13px]">
        {kind === 'good' ? 'Good examples' : 'Bad examples'}
        <Badge>{inUse}</Badge>
        {own.length > inUse ? <Badge>{own.length - inUse} off</Badge> : null}
      </h3>
      {shown.length === 0 ? (
        <p className="text-[13px] text-muted">{isFiltered ? 'None fits.' : NONE[kind]}</p>
      ) : (
        <SortableList items={items} onMove={place}>
          <ol className="grid gap-2">
            {shown.map((example, at) => (
              <ExampleRow
                key={example.id}
                example={example}
                names={names}
                isFixed={isFiltered}
                isFirst={at === 0}
                isLast={at === shown.length - 1}
                keeper={keeper}
                onEdit={onEdit}
                onMove={move}
              />
            ))}
          </ol>
        </SortableList>
      )}
    </section>
  )
})

const NONE = {
  good: 'None yet. Add reviewed cases that show a category well.',
  bad: 'None yet. They come from corrections: promote one there.',
}
