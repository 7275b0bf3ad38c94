'use client'
import { memo, useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { ExampleView, VersionCategory } from '@/lib/versions/schema'
import { AddExampleDialog } from './add-example-dialog'
import { ExampleDialog } from './example-dialog'
import { ExampleRow } from './example-row'
import type { Draft } from './use-draft'

type ExamplesCardProps = {
  project: string
  versionId: string
  categories: VersionCategory[]
  examples: ExampleView[]
  run: Draft['run']
}

/** Good and bad examples apart, each in the order in which the model reads them. */
export const ExamplesCard = memo(function ExamplesCard(props: ExamplesCardProps) {
  const { project, versionId, categories, examples, run } = props
  const [edited, setEdited] = useState<string | null>(null)
  const [adding, setAdding] = useState(false)
  const example = examples.find(({ id }) => id === edited)
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
        {(['good', 'bad'] as const).map((kind) => (
          <ExampleList
            key={kind}
            kind={kind}
            all={examples}
            categories={categories}
            run={run}
            onEdit={setEdited}
          />
        ))}
      </div>
      {example ? (
        <ExampleDialog
          key={example.id}
          example={example}
          categories={categories}
          run={run}
          onClose={() => setEdited(null)}
        />
      ) : null}
      {adding ? (
        <AddExampleDialog
          project={project}
          versionId={versionId}
          categories={categories}
          run={run}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </Card>
  )
})

type ExampleListProps = Pick<ExamplesCardProps, 'categories' | 'run'> & {
  kind: 'good' | 'bad'
  all: ExampleView[]
  onEdit: (id: string) => void
}

function ExampleList({ kind, all, categories, run, onEdit }: ExampleListProps) {
  const own = all.filter((example) => example.kind === kind)
  const move = (from: number, to: number) => {
    const ids = own.map(({ id }) => id)
    const [moved] = ids.splice(from, 1)
    if (moved) ids.splice(to, 0, moved)
    const others = all.filter((example) => example.kind !== kind).map(({ id }) => id)
    void run({ do: 'order', ids: kind === 'good' ? [...ids, ...others] : [...others, ...ids] })
  }
  return (
    <section aria-label={`${kind === 'good' ? 'Good' : 'Bad'} examples`}>
      <h3 className="mb-1.5 flex items-center gap-2 font-medium text-[13px]">
        {kind === 'good' ? 'Good examples' : 'Bad examples'}
        <Badge>{own.filter(({ enabled }) => enabled).length}</Badge>
      </h3>
      {own.length === 0 ? (
        <p className="text-[13px] text-muted">
          {kind === 'good'
            ? 'None yet. Add reviewed cases that show a category well.'
            : 'None yet. They come from corrections: promote one there.'}
        </p>
      ) : (
        <ol className="grid gap-2">
          {own.map((example, at) => (
            <ExampleRow
              key={example.id}
              example={example}
              categories={categories}
              at={at}
              count={own.length}
              run={run}
              onEdit={onEdit}
              onMove={(to) => move(at, to)}
            />
          ))}
        </ol>
      )}
    </section>
  )
}
