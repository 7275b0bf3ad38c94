'use client'
import { useQueryState } from 'nuqs'
import { memo, useCallback, useDeferredValue, useMemo, useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EVERY_EXAMPLE, filterExamples, isFiltering } from '@/lib/versions/drafts/filter/rules'
import type { ExampleView, VersionCategory } from '@/lib/versions/schema'
import { ExampleEffects } from '../effects/example-effect'
import { AddExampleDialog } from './add-example-dialog'
import type { DraftKeeper } from './draft-keeper'
import { ExampleDialog } from './example-dialog'
import type { ExampleInput } from './example-fields'
import { ExampleFilterBar } from './example-filter-bar'
import { ExampleList } from './example-list'

/** Fewer are seen at a glance. */
const WORTH_FILTERING = 6

type ExamplesCardProps = {
  project: string
  versionId: string
  categories: VersionCategory[]
  examples: ExampleView[]
  keeper: DraftKeeper
}

/** Good and bad examples apart, each in the order in which the model reads them. */
export const ExamplesCard = memo(function ExamplesCard(props: ExamplesCardProps) {
  const { project, versionId, categories, examples, keeper } = props
  const [asked, ask] = useQueryState('example')
  const [edited, setEdited] = useState<Edited | null>(() => findAsked(examples, asked))
  const [adding, setAdding] = useState(false)
  const [filter, setFilter] = useState(EVERY_EXAMPLE)
  const wanted = useDeferredValue(filter)
  const found = useMemo(() => filterExamples(examples, wanted), [examples, wanted])
  const names = useNames(categories)
  const edit = useCallback((id: string) => setEdited({ id, start: null }), [])
  return (
    <Card
      title="Examples"
      description="They come from cases of the example pool only, so that no figure is ever measured on them."
      action={
        <Button size="sm" onClick={() => setAdding(true)}>
          Add an example
        </Button>
      }
    >
      <div className="grid gap-4">
        {examples.length >= WORTH_FILTERING || isFiltering(filter) ? (
          <ExampleFilterBar
            filter={filter}
            categories={categories}
            found={found.length}
            all={examples.length}
            onChange={setFilter}
          />
        ) : null}
        <ExampleEffects project={project} versionId={versionId}>
          {(['good', 'bad'] as const).map((kind) => (
            <ExampleList
              key={kind}
              kind={kind}
              all={examples}
              found={found}
              isFiltered={isFiltering(wanted)}
              names={names}
              keeper={keeper}
              onEdit={edit}
            />
          ))}
        </ExampleEffects>
      </div>
      {edited ? (
        <ExampleDialog
          project={project}
          key={edited.id}
          id={edited.id}
          example={examples.find(({ id }) => id === edited.id) ?? null}
          categories={categories}
          keeper={keeper}
          start={edited.start}
          onClose={(left) => {
            setEdited(null)
            if (asked !== null) void ask(null)
            if (left) offerAgain(() => setEdited({ id: edited.id, start: left }))
          }}
        />
      ) : null}
      {adding ? (
        <AddExampleDialog
          project={project}
          versionId={versionId}
          categories={categories}
          keeper={keeper}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </Card>
  )
})

type Edited = { id: string; start: ExampleInput | null }

/** The example of the case that the address asks for: opened at once. */
function findAsked(examples: readonly ExampleView[], externalId: string | null): Edited | null {
  const example = examples.find((one) => one.externalId === externalId)
  return example ? { id: example.id, start: null } : null
}

function offerAgain(open: () => void): void {
  toast('What you changed in the example was not saved.', {
    duration: 10_000,
    action: { label: 'Take it up again', onClick: open },
  })
}

/** Names by id; the same object while no name changes, so that typing a description redraws no example. */
function useNames(categories: VersionCategory[]): ReadonlyMap<string, string> {
  const text = JSON.stringify(categories.map(({ categoryId, name }) => [categoryId, name]))
  return useMemo(() => new Map<string, string>(JSON.parse(text)), [text])
}
