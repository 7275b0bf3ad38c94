import { memo } from 'react'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import type { Intent, Step } from '@/lib/reviews/keys/schema'

type NextKeyProps = {
  step: Step
  blind: boolean
  hint: string
  /** The first of two labels. */
  chosen: string | undefined
  act: (intent: Intent) => void
}

const ASKED: Record<Step['at'], string> = {
  idle: 'or choose the label',
  thumbs_down: 'What is the right label?',
  close_call: 'A close call: which label?',
  second_choice: 'Second choice?',
}

/** What is asked next, in a line that keeps its height, so that nothing moves under the pointer. */
export const NextKey = memo(function NextKey(props: NextKeyProps) {
  const { step, blind, hint, chosen, act } = props
  const asked = step.at === 'idle' && blind ? 'Choose the label' : ASKED[step.at]
  return (
    <div className="flex min-h-10 shrink-0 items-center justify-between gap-2 text-[13px]">
      <p className={cx('min-w-0 font-medium', step.at === 'idle' ? 'text-muted' : 'text-accent')}>
        {step.at === 'second_choice' && chosen && !hint ? (
          <span className="block truncate">{chosen}.</span>
        ) : null}
        {hint || asked}
      </p>
      {step.at === 'idle' ? null : (
        <span className="flex shrink-0 gap-1.5">
          {step.at === 'close_call' ? null : (
            <Button size="sm" kbd="↵" onClick={() => act({ means: 'enough' })}>
              {step.at === 'thumbs_down' ? 'Unsure which' : 'Nothing else'}
            </Button>
          )}
          <Button size="sm" variant="ghost" onClick={() => act({ means: 'cancel' })}>
            Cancel
          </Button>
        </span>
      )}
    </div>
  )
})
