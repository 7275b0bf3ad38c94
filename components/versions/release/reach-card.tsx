'use client'
import { useQuery } from '@tanstack/react-query'
import { Card } from '@/components/ui/card'
import { Loaded } from '@/components/ui/loaded'
import { reachQuery } from '@/lib/versions/gate/queries'
import { describeReach } from '@/lib/versions/gate/reach/rules'
import { versionPath } from '@/lib/versions/rules'
import type { VersionView } from '@/lib/versions/schema'

type ReachCardProps = { project: string; version: VersionView }

/** What the size of the test pool can prove at all: said before anybody works or pays for it. */
export function ReachCard({ project, version }: ReachCardProps) {
  const reach = useQuery(reachQuery(project, versionPath(version)))
  return (
    <Card title="What the test pool can prove">
      <Loaded query={reach}>
        {(found) => {
          const { sentence, basis } = describeReach(found)
          return (
            <>
              <p className="max-w-prose">{sentence}</p>
              <p className="mt-1 max-w-prose text-[13px] text-muted">
                {basis} Choose between small differences on dev, or import or review more cases of
                the test pool first.
              </p>
            </>
          )
        }}
      </Loaded>
    </Card>
  )
}
