import { CircleCheck, CircleX, X } from 'lucide-react'
import { useEffect } from 'react'
import { Kbd } from '@/components/ui/kbd'
import type { Check } from '@/lib/reviews/checks/schema'

type CheckFeedbackProps = {
  /** What is known of the check case just answered; null for any other. */
  check: Check | null
  onDismiss: () => void
}

/**
 * What the known answer was, floating beside the next case: it moves nothing and takes no focus. Esc
 * closes it, unless that key ends something else. Always in the page, as screen readers read out only
 * what changes inside something that was there before.
 */
export function CheckFeedback({ check, onDismiss }: CheckFeedbackProps) {
  useEffect(() => {
    if (!check) return
    function onKeyDown(event: KeyboardEvent) {
      if (event.key === 'Escape' && !event.defaultPrevented) onDismiss()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [check, onDismiss])
  return (
    <div
      role="status"
      aria-label="Check case"
      className="pointer-events-none fixed inset-x-3 top-16 z-30 sm:right-auto sm:max-w-md lg:top-auto lg:bottom-4 lg:left-4"
    >
      {check ? <Told check={check} onDismiss={onDismiss} /> : null}
    </div>
  )
}

function Told({ check, onDismiss }: { check: Check; onDismiss: () => void }) {
  const { right, label, secondLabel, reason } = check
  const Icon = right ? CircleCheck : CircleX
  return (
    <div className="pointer-events-auto flex animate-appear items-start gap-3 rounded-xl border border-line bg-surface p-3.5 shadow-float motion-reduce:animate-none">
      <Icon className={`mt-0.5 size-4 shrink-0 ${right ? 'text-good' : 'text-bad'}`} aria-hidden />
      <div className="wrap-anywhere min-w-0 flex-1">
        <p className="font-medium">
          {right ? 'That was a check case, and you were right' : 'That was a check case'}
        </p>
        <p className="text-[13px]">
          The known answer is <strong className="font-semibold">{label}</strong>
          {secondLabel ? `, a close call with ${secondLabel}` : ''}.
        </p>
        {reason ? <p className="mt-1 text-[13px] text-muted">{reason}</p> : null}
      </div>
      <button
        type="button"
        aria-label="Close what the check case said"
        aria-keyshortcuts="Escape"
        // A click leaves the focus where it was: on the case.
        onMouseDown={(event) => event.preventDefault()}
        onClick={onDismiss}
        className="-m-1 flex items-center gap-1.5 rounded-md p-1 text-muted hover:bg-sunken hover:text-ink"
      >
        <span aria-hidden className="contents max-sm:hidden">
          <Kbd>Esc</Kbd>
        </span>
        <X className="size-4" aria-hidden />
      </button>
    </div>
  )
}
