import { count, interval, percent } from '@/components/ui/figures'
import type { FigureView } from '@/lib/accuracy/schema'

/** A target as people set it: "90 %", "92.5 %". */
export const goal = (share: number): string => `${Number((share * 100).toFixed(2))}\u00a0%`

/** The interval and the number of cases, small, below a figure. */
export function FigureText({ figure }: { figure: FigureView }) {
  if (figure.n === 0) return <span className="block text-muted text-xs">no cases</span>
  return (
    <span className="block whitespace-nowrap text-muted text-xs tabular-nums">
      {interval(figure.low, figure.high)} · n {count(figure.n)}
    </span>
  )
}

/** A figure with its interval and n. */
export function FigureWithInterval({ figure }: { figure: FigureView }) {
  return (
    <>
      <span className="font-medium tabular-nums">{percent(figure.rate)}</span>
      <FigureText figure={figure} />
    </>
  )
}
