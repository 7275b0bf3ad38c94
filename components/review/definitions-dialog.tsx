import { useQuery } from '@tanstack/react-query'
import { Dialog } from '@/components/ui/dialog'
import { shownExamplesQuery } from '@/lib/reviews/definitions/queries'
import type { Definition } from '@/lib/reviews/definitions/schema'

type DefinitionsDialogProps = {
  project: string
  categories: readonly Definition[]
  onClose: () => void
}

/** What each category means, with cases that show it. */
export function DefinitionsDialog({ project, categories, onClose }: DefinitionsDialogProps) {
  const { data: examples = [] } = useQuery(shownExamplesQuery(project))
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Definitions"
      description="Tried in this order: the first that fits is the label."
      className="max-w-2xl"
    >
      <ol className="grid gap-4">
        {categories.map(({ id, name, description }, index) => (
          <li key={id} className="grid grid-cols-[1.75rem_minmax(0,1fr)]">
            <span className="text-muted tabular-nums">{index + 1}</span>
            <div>
              <h3 className="font-semibold">{name}</h3>
              <p className="wrap-anywhere whitespace-pre-wrap text-muted">
                {description || 'No definition yet.'}
              </p>
              {examples
                .filter(({ labelId }) => labelId === id)
                .map((example) => (
                  <details key={example.id} className="mt-1.5 text-[13px]">
                    <summary className="wrap-anywhere rounded-md text-muted hover:text-ink">
                      Example: {example.subject}
                    </summary>
                    <div className="wrap-anywhere mt-1.5 mb-2 border-line border-l-2 pl-3">
                      <p className="line-clamp-6 whitespace-pre-wrap">{example.excerpt}</p>
                      {example.explanation ? (
                        <p className="mt-1.5 text-muted">
                          {name}, because: {example.explanation}
                        </p>
                      ) : null}
                    </div>
                  </details>
                ))}
            </div>
          </li>
        ))}
      </ol>
    </Dialog>
  )
}
