import { SharesChart } from '@/components/ui/shares-chart'

type Place = { position: number; rate: number | null; low: number; high: number }

export function PositionsChart({ positions }: { positions: readonly Place[] }) {
  const points = positions.flatMap(({ position, rate, low, high }) =>
    rate === null ? [] : { name: position, rate, low, high },
  )
  return (
    <SharesChart
      points={points}
      padding={24}
      label={`Accuracy of ${points.length} places in the pack, with intervals. The table below has the figures.`}
    />
  )
}
