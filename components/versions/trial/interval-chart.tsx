import { percent } from '@/components/ui/figures'
import type { Figure } from '@/lib/versions/trials/schema'

type IntervalChartProps = {
  rows: { name: string; figure: Figure; accent: boolean }[]
  /** 0..1 */
  target: number
}

/** Room left and right of what is drawn, as a share. */
const MARGIN = 0.02
/** How near to the target, as a share of the scale, a number would be written over its name. */
const BESIDE_TARGET = 0.2

/**
 * Points with their intervals on one scale. Drawn by hand: it is two bars and a line, and the same
 * figures stand in the table below it.
 */
export function IntervalChart({ rows, target }: IntervalChartProps) {
  const lowest = Math.min(target, ...rows.map(({ figure }) => figure.low))
  const start = Math.max(0, Math.floor((lowest - MARGIN) * 10) / 10)
  const at = (share: number) => `${((share - start) / (1 - start)) * 100}%`
  const steps = Math.round((1 - start) * 10)
  const every = steps > 5 ? 2 : 1
  const ticks = Array.from({ length: steps + 1 }, (_, i) => (start * 10 + i) / 10).filter(
    (tick, i) => (steps - i) % every === 0 && Math.abs(tick - target) > BESIDE_TARGET * (1 - start),
  )
  return (
    <div aria-hidden className="relative pb-6 text-[13px]">
      <div className="relative grid gap-2">
        {rows.map(({ name, figure, accent }) => (
          <div key={name}>
            <span className="text-muted text-xs">{name}</span>
            <div className="relative h-3.5">
              <div className="absolute inset-x-0 top-1/2 h-px bg-line" />
              <div
                className={`absolute top-1/2 h-1.5 -translate-y-1/2 rounded-sm opacity-40 ${accent ? 'bg-accent' : 'bg-muted'}`}
                style={{
                  left: at(figure.low),
                  width: `calc(${at(figure.high)} - ${at(figure.low)})`,
                }}
              />
              <div
                className={`-translate-x-1/2 -translate-y-1/2 absolute top-1/2 size-3 rounded-full border-2 border-surface ${accent ? 'bg-accent' : 'bg-muted'}`}
                style={{ left: at(figure.rate ?? 0) }}
              />
            </div>
          </div>
        ))}
        <div
          className="absolute top-0 bottom-0 border-ink border-l-2 border-dashed opacity-70"
          style={{ left: at(target) }}
        />
      </div>
      {ticks.map((tick) => (
        <span
          key={tick}
          className={`absolute bottom-0 text-muted text-xs tabular-nums ${tick === start ? '' : tick > 0.99 ? '-translate-x-full' : '-translate-x-1/2'}`}
          style={{ left: at(tick) }}
        >
          {percent(tick, 0)}
        </span>
      ))}
      <span
        className={`absolute bottom-0 whitespace-nowrap text-xs tabular-nums ${target > 0.93 ? '-translate-x-full' : '-translate-x-1/2'}`}
        style={{ left: at(target) }}
      >
        target {percent(target, 0)}
      </span>
    </div>
  )
}
