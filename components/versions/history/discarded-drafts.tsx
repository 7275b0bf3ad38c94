'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Loaded } from '@/components/ui/loaded'
import { showError } from '@/components/ui/show-error'
import { Time } from '@/components/ui/time'
import { discardedDraftsQuery, useRestoreDraft } from '@/lib/versions/queries'
import { titleVersion } from '@/lib/versions/rules'

/** Drafts that were put away: asked for by whoever misses one. */
export function DiscardedDrafts({ project, mayEdit }: { project: string; mayEdit: boolean }) {
  const [open, setOpen] = useState(false)
  const query = useQuery({ ...discardedDraftsQuery(project), enabled: open })
  const restore = useRestoreDraft(project)
  return (
    <div className="mt-3 border-line border-t pt-3">
      <Button size="sm" variant="ghost" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? 'Hide discarded drafts' : 'Show discarded drafts'}
      </Button>
      {open ? (
        <Loaded query={query}>
          {(drafts) =>
            drafts.length === 0 ? (
              <p className="px-2.5 py-2 text-[13px] text-muted">No draft was discarded.</p>
            ) : (
              <ul aria-label="Discarded drafts" className="mt-1 grid">
                {drafts.map((draft) => (
                  <li
                    key={draft.id}
                    className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-t px-2.5 py-2 text-[13px] first:border-t-0"
                  >
                    <div className="min-w-0 flex-1 basis-56">
                      <p className="wrap-anywhere">
                        <span className="font-medium">{titleVersion(draft, draft.parent)}</span>
                        {': '}
                        {draft.changed}
                      </p>
                      <p className="text-muted text-xs">
                        Discarded <Time iso={draft.discardedAt} /> by{' '}
                        {draft.discardedBy ?? 'Closecall'}
                      </p>
                    </div>
                    {mayEdit ? (
                      <Button
                        size="sm"
                        busy={restore.isPending && restore.variables === draft.id}
                        onClick={() =>
                          restore.mutate(draft.id, {
                            onSuccess: () => toast.success('The draft is back.'),
                            onError: showError,
                          })
                        }
                      >
                        Restore<span className="sr-only">: {draft.changed}</span>
                      </Button>
                    ) : null}
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      ) : null}
    </div>
  )
}
