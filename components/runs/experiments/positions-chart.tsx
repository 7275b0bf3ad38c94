import {
  CartesianGrid,
  ErrorBar,
  Line,
  LineChart,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts'
import { percent } from '@/components/ui/figures'

type Place = { position: number; rate: number | null; low: number; high: number }

const TICK = { fill: 'var(--color-muted)', fontSize: 12 }

/** A table holds the same figures: for screen readers the chart is one picture. */
export function PositionsChart({ positions }: { positions: readonly Place[] }) {
  const data = positions.flatMap(({ position, rate, low, high }) =>
    rate === null ? [] : { position, rate, reach: [rate - low, high - rate] },
  )
  return (
    <div
      role="img"
      aria-label={`Accuracy of ${data.length} places in the pack, with intervals. The table below has the figures.`}
      className="h-48"
    >
      <ResponsiveContainer width="100%" height="100%">
        <LineChart
          data={data}
          accessibilityLayer={false}
          margin={{ top: 8, right: 12, bottom: 0, left: -8 }}
        >
          <CartesianGrid vertical={false} stroke="var(--color-line)" />
          <XAxis
            dataKey="position"
            padding={{ left: 24, right: 24 }}
            tick={TICK}
            tickLine={false}
            stroke="var(--color-line)"
          />
          <YAxis
            domain={[0, 1]}
            ticks={[0, 0.2, 0.4, 0.6, 0.8, 1]}
            tickFormatter={(share: number) => percent(share, 0)}
            tick={TICK}
            tickLine={false}
            axisLine={false}
          />
          <Line
            dataKey="rate"
            isAnimationActive={false}
            stroke="var(--color-control)"
            strokeOpacity={0.4}
            dot={{ r: 4, fill: 'var(--color-accent)', stroke: 'var(--color-surface)' }}
          >
            <ErrorBar
              dataKey="reach"
              width={6}
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
