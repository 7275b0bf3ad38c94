import { useRef } from 'react'
import { Button } from '@/components/ui/button'
import { count } from '@/components/ui/figures'
import { showError } from '@/components/ui/show-error'
import { useReveal } from '@/lib/runs/queries'

type RevealProps = {
  project: string
  runId: string
  /** What can be shown, page by page as the list came; no page is empty. */
  pages: string[][]
}

const nameCases = (n: number) => (n === 1 ? 'this case' : `these ${count(n)} cases`)

/**
 * Shows the cases that a list of suggestions hides. What was seen can't be unseen: what that costs
 * stands beside the button. The focus goes to the words that take the button's place.
 */
export function Reveal({ project, runId, pages }: RevealProps) {
  const home = useRef<HTMLDivElement>(null)
  const reveal = useReveal(project, runId)
  // The list shows them before the button is done.
  const asked = reveal.isPending ? reveal.variables.map(({ caseIds }) => caseIds) : pages
  const hidden = asked.flat().length
  if (hidden === 0 && !reveal.isSuccess) return null
  return (
    <div
      ref={home}
      tabIndex={-1}
      className="mb-3 flex min-h-7 w-fit flex-wrap items-center gap-x-3 gap-y-1.5 rounded-md text-[13px] text-muted"
    >
      {hidden === 0 ? (
        <p>{describe(reveal.data ?? 0)}</p>
      ) : (
        <>
          <Button
            size="sm"
            busy={reveal.isPending}
            onClick={() =>
              reveal.mutate(
                pages.map((caseIds) => ({ caseIds })),
                { onSuccess: () => home.current?.focus(), onError: showError },
              )
            }
          >
            Show {nameCases(hidden)}
          </Button>
          <p>You will not be asked to review {hidden === 1 ? 'it' : 'them'}.</p>
        </>
      )}
    </div>
  )
}

function describe(shown: number): string {
  if (shown === 0) return 'Nothing more is shown: you are being asked about what is hidden.'
  if (shown === 1) return 'The case is shown. You will not be asked to review it.'
  return `${count(shown)} cases are shown. You will not be asked to review them.`
}
