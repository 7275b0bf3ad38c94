import {
  CartesianGrid,
  ErrorBar,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { count, interval, percent } from '@/components/ui/figures'
import type { FigureView } from '@/lib/accuracy/schema'
import { goal } from './figure-text'

export type ChartPoint = FigureView & { rate: number; name: string; standIn: boolean }

const TICK = { fill: 'var(--color-muted)', fontSize: 12 }

type VersionsChartProps = { points: readonly ChartPoint[]; target: number }

/** The table below holds the same figures: for screen readers the chart is one picture. */
export function VersionsChart({ points, target }: VersionsChartProps) {
  const data = points.map((point) => ({
    ...point,
    // Distances down and up, as the error bars want them.
    reach: [point.rate - point.low, point.high - point.rate],
  }))
  const lowest = Math.min(target, ...points.map(({ low }) => low))
  const bottom = Math.max(0, Math.floor((lowest - 0.02) * 10) / 10)
  // The stand-in's figures and a model's are points of different lines.
  const oneKind = points.every(({ standIn }) => standIn === points[0]?.standIn)
  return (
    <div
      role="img"
      aria-label={`Accuracy on dev of ${points.length} versions against the target of ${goal(target)}. The table below has the figures.`}
      className="mb-3 h-56"
    >
      <ResponsiveContainer width="100%" height="100%">
        <LineChart
          data={data}
          accessibilityLayer={false}
          margin={{ top: 12, right: 12, bottom: 0, left: -8 }}
        >
          <CartesianGrid vertical={false} stroke="var(--color-line)" />
          <XAxis
            dataKey="name"
            padding={{ left: 40, right: 40 }}
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
          <Tooltip content={<PointText />} cursor={{ stroke: 'var(--color-line)' }} />
          <ReferenceLine
            y={target}
            stroke="var(--color-ink)"
            strokeDasharray="5 4"
            label={{
              value: `target ${goal(target)}`,
              position: 'insideTopLeft',
              fill: 'var(--color-ink)',
              fontSize: 12,
            }}
          />
          <Line
            dataKey="rate"
            isAnimationActive={false}
            stroke={oneKind ? 'var(--color-control)' : 'none'}
            strokeOpacity={0.4}
            dot={{ r: 5, fill: 'var(--color-accent)', stroke: 'var(--color-surface)' }}
            activeDot={{ r: 6, fill: 'var(--color-accent)', stroke: 'var(--color-surface)' }}
          >
            <ErrorBar
              dataKey="reach"
              width={8}
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

/** What the pointer is over. Recharts hands over the rest. */
function PointText({
  active,
  payload,
}: {
  active?: boolean
  payload?: readonly { payload: ChartPoint }[]
}) {
  const point = payload?.[0]?.payload
  if (!active || !point) return null
  return (
    <div className="rounded-md bg-ink px-2.5 py-1.5 text-canvas text-xs shadow-float">
      <p className="font-medium">
        {point.name}: {percent(point.rate)}
        {point.standIn ? ' (stand-in)' : null}
      </p>
      <p>
        {interval(point.low, point.high)} · n {count(point.n)}
      </p>
    </div>
  )
}
