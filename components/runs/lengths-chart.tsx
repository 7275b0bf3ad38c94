import { Bar, BarChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import { count } from '@/components/ui/figures'
import { TICK } from '@/components/ui/shares-chart'
import type { CaseLengths } from '@/lib/runs/lengths/schema'

/** "101–150", "over 5,000". */
export function nameBin(bins: CaseLengths['bins'], at: number): string {
  const upTo = bins[at]?.upTo ?? null
  const from = bins[at - 1]?.upTo ?? 0
  return upTo === null ? `over ${count(from)}` : `${count(from + 1)}–${count(upTo)}`
}

/** A table holds the same figures: for screen readers the chart is one picture. */
export function LengthsChart({ lengths }: { lengths: CaseLengths }) {
  const { bins, median, longest, cases } = lengths
  const last = bins.findLastIndex((bin) => bin.cases > 0)
  const data = bins
    .slice(0, last + 1)
    .map((bin, at) => ({ name: nameBin(bins, at), cases: bin.cases }))
  return (
    <div>
      <p className="mb-2 text-[13px]">
        Half of the {count(cases)} cases have {count(median)} tokens or fewer; the longest has{' '}
        {count(longest)}.
      </p>
      <div
        role="img"
        aria-label={`Lengths of ${count(cases)} cases: half have ${count(median)} tokens or fewer, the longest has ${count(longest)}.`}
        className="h-40"
      >
        <ResponsiveContainer width="100%" height="100%">
          <BarChart
            data={data}
            accessibilityLayer={false}
            margin={{ top: 8, right: 8, bottom: 0, left: -16 }}
          >
            <CartesianGrid vertical={false} stroke="var(--color-line)" />
            <XAxis dataKey="name" tick={TICK} tickLine={false} stroke="var(--color-line)" />
            <YAxis tick={TICK} tickLine={false} axisLine={false} allowDecimals={false} />
            <Bar
              dataKey="cases"
              fill="var(--color-accent)"
              isAnimationActive={false}
              radius={[3, 3, 0, 0]}
            />
          </BarChart>
        </ResponsiveContainer>
      </div>
    </div>
  )
}
