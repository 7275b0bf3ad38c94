import dynamic from 'next/dynamic'
import { Card } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { StandIn } from '@/components/ui/stand-in'
import type { AccuracyView } from '@/lib/accuracy/schema'
import { nameVersion } from '@/lib/versions/rules'
import { MethodNotes } from './method-notes'
import type { ChartPoint } from './versions-chart'
import { VersionsTable } from './versions-table'

/** The chart's library is large: only this page loads it, and only once it is shown. */
const VersionsChart = dynamic(
  () => import('./versions-chart').then((loaded) => loaded.VersionsChart),
  {
    ssr: false,
    loading: () => <Skeleton className="h-56 w-full" />,
  },
)

export function VersionsCard({ project, accuracy }: { project: string; accuracy: AccuracyView }) {
  const points = accuracy.versions.flatMap(({ version, dev }): ChartPoint[] =>
    dev && dev.exact.rate !== null
      ? [{ ...dev.exact, rate: dev.exact.rate, name: nameVersion(version), standIn: dev.standIn }]
      : [],
  )
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-2">
          Accuracy on dev, version by version
          {points.some(({ standIn }) => standIn) ? <StandIn /> : null}
        </span>
      }
      description="Exact accuracy with its 95 % interval. Where intervals overlap much, the difference may be chance: a version’s page compares it with its parent case by case."
    >
      {points.length > 0 ? (
        <VersionsChart points={points} target={accuracy.targetAccuracy} />
      ) : null}
      <VersionsTable project={project} accuracy={accuracy} />
      <MethodNotes />
    </Card>
  )
}
