import { ReferenceLine, Tooltip } from 'recharts'
import { count, interval, percent } from '@/components/ui/figures'
import { SharesChart } from '@/components/ui/shares-chart'
import type { FigureView } from '@/lib/accuracy/schema'
import { goal } from './figure-text'

export type ChartPoint = FigureView & { rate: number; name: string; standIn: boolean }

type VersionsChartProps = { points: readonly ChartPoint[]; target: number }

export function VersionsChart({ points, target }: VersionsChartProps) {
  const lowest = Math.min(target, ...points.map(({ low }) => low))
  return (
    <SharesChart
      points={points}
      padding={40}
      label={`Accuracy on dev of ${points.length} versions against the target of ${goal(target)}. The table below has the figures.`}
      bottom={Math.max(0, Math.floor((lowest - 0.02) * 10) / 10)}
      // The stand-in's figures and a model's are points of different lines.
      joined={points.every(({ standIn }) => standIn === points[0]?.standIn)}
      size="lg"
      className="mb-3"
    >
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
    </SharesChart>
  )
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
