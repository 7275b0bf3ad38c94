import { useQuery } from '@tanstack/react-query'
import { Badge } from '@/components/ui/badge'
import { Dialog } from '@/components/ui/dialog'
import { Loaded } from '@/components/ui/loaded'
import { similarQuery } from '@/lib/reviews/similar/queries'

type SimilarDialogProps = { project: string; caseId: string; onClose: () => void }

/** Finished cases that read like the one in view, with the labels that they have now. */
export function SimilarDialog({ project, caseId, onClose }: SimilarDialogProps) {
  const query = useQuery(similarQuery(project, caseId, true))
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Similar cases"
      description="Finished cases with words in common, the likest first, and the label that each has."
      className="max-w-2xl"
    >
      <Loaded query={query}>
        {(cases) =>
          cases.length === 0 ? (
            <p className="text-muted">No finished case reads like this one yet.</p>
          ) : (
            <ol className="grid gap-4">
              {cases.map(({ id, externalId, subject, label, secondLabel, excerpt }) => (
                <li key={id} className="grid gap-1">
                  <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
                    <h3 className="wrap-anywhere min-w-0 font-semibold">{subject}</h3>
                    <span className="font-mono text-muted text-xs">{externalId}</span>
                  </div>
                  <div className="flex flex-wrap gap-1.5">
                    <Badge tone="accent">{label}</Badge>
                    {secondLabel ? <Badge>close call with {secondLabel}</Badge> : null}
                  </div>
                  <p className="wrap-anywhere line-clamp-3 text-[13px] text-muted">{excerpt}</p>
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
    </Dialog>
  )
}
