import type { ComponentProps } from 'react'
import { cx } from './cx'

const TONES = {
  neutral: 'bg-sunken text-muted',
  good: 'bg-good-soft text-good',
  bad: 'bg-bad-soft text-bad',
  warn: 'bg-warn-soft text-warn',
  accent: 'bg-accent-soft text-accent',
}

export type Tone = keyof typeof TONES

/** A short word on a state; the word says it, the colour only repeats it. */
export function Badge({
  tone = 'neutral',
  className,
  ...props
}: ComponentProps<'span'> & { tone?: Tone }) {
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1 whitespace-nowrap rounded-full px-2 py-0.5 font-medium text-xs tabular-nums',
        TONES[tone],
        className,
      )}
      {...props}
    />
  )
}
