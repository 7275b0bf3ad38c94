import type { ReactNode } from 'react'
import {
  CartesianGrid,
  ErrorBar,
  Line,
  LineChart,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts'
import { cx } from './cx'
import { percent } from './figures'

/** A share of 0..1 with its interval, and what stands below it. */
type Share = { name: string | number; rate: number; low: number; high: number }

type SharesChartProps = {
  points: readonly Share[]
  /** The chart in a sentence: for screen readers it is one picture, and a table holds the figures. */
  label: string
  /** Room left and right of the points, in pixels. */
  padding: number
  /** Where the scale begins, in whole tenths. */
  bottom?: number
  /** The points belong together: a line leads from each to the next. */
  joined?: boolean
  size?: 'md' | 'lg'
  className?: string
  /** More parts of the chart: a line to compare with, a tooltip. */
  children?: ReactNode
}

export const TICK = { fill: 'var(--color-muted)', fontSize: 12 }

const SIZES = {
  md: { top: 8, radius: 4, cap: 6 },
  lg: { top: 12, radius: 5, cap: 8 },
}

/** Shares side by side, each with the reach of its interval. */
export function SharesChart({
  points,
  label,
  padding,
  bottom = 0,
  joined = true,
  size = 'md',
  className,
  children,
}: SharesChartProps) {
  const { top, radius, cap } = SIZES[size]
  const data = points.map((point) => ({
    ...point,
    // Distances down and up, as the error bars want them.
    reach: [point.rate - point.low, point.high - point.rate],
  }))
  const dot = { fill: 'var(--color-accent)', stroke: 'var(--color-surface)' }
  return (
    <div role="img" aria-label={label} className={cx(size === 'lg' ? 'h-56' : 'h-48', className)}>
      <ResponsiveContainer width="100%" height="100%">
        <LineChart
          data={data}
          accessibilityLayer={false}
          margin={{ top, right: 12, bottom: 0, left: -8 }}
        >
          <CartesianGrid vertical={false} stroke="var(--color-line)" />
          <XAxis
            dataKey="name"
            padding={{ left: padding, right: padding }}
            tick={TICK}
            tickLine={false}
            stroke="var(--color-line)"
          />
          <YAxis
            domain={[bottom, 1]}
            ticks={listTicks(bottom)}
            interval={0}
            tickFormatter={(share: number) => percent(share, 0)}
            tick={TICK}
            tickLine={false}
            axisLine={false}
          />
          {children}
          <Line
            dataKey="rate"
            isAnimationActive={false}
            stroke={joined ? 'var(--color-control)' : 'none'}
            strokeOpacity={0.4}
            dot={{ r: radius, ...dot }}
            activeDot={{ r: radius + 1, ...dot }}
          >
            <ErrorBar
              dataKey="reach"
              width={cap}
              strokeWidth={2}
              stroke="var(--color-accent)"
              isAnimationActive={false}
            />
          </Line>
        </LineChart>
      </ResponsiveContainer>
    </div>
  )
}

/** Round shares from the bottom to 1: six at most. */
function listTicks(bottom: number): number[] {
  const tenths = Math.round((1 - bottom) * 10)
  const step = tenths > 5 ? 2 : 1
  return Array.from({ length: Math.floor(tenths / step) + 1 }, (_, i) => 1 - (i * step) / 10)
}
