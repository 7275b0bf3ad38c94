'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Loaded } from '@/components/ui/loaded'
import { Time } from '@/components/ui/time'
import { releasesQuery } from '@/lib/versions/releases/queries'
import { listComebacks, nameReturn } from '@/lib/versions/releases/rules'
import type { ReleaseView } from '@/lib/versions/releases/schema'
import { nameVersion } from '@/lib/versions/rules'
import { hrefOf } from '../version-frame'
import { useReleaseWithUndo } from './use-release-with-undo'

/** Which version was in force, since when and why; and the way back to it. */
export function ReleasesCard({ project }: { project: string }) {
  const releases = useQuery(releasesQuery(project))
  return (
    <Card
      title="Releases"
      description="The released version suggests labels for new work. One that was in force before can come back at once."
    >
      <Loaded query={releases}>
        {(all) =>
          all.length === 0 ? (
            <p className="text-muted">Nothing is released yet: reviewers see no suggestions.</p>
          ) : (
            <Releases project={project} all={all} />
          )
        }
      </Loaded>
    </Card>
  )
}

function Releases({ project, all }: { project: string; all: ReleaseView[] }) {
  const release = useReleaseWithUndo(project)
  const comebacks = listComebacks(all)
  const inForce = all.find(({ endedAt }) => endedAt === null)?.version ?? null
  return (
    <ol>
      {all.map(({ id, version, by, reason, releasedAt, endedAt }) => (
        <li
          key={id}
          className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b py-1.5 text-[13px] last:border-b-0"
        >
          <Link className="link font-medium" href={`${hrefOf(project, version)}/release`}>
            {nameVersion(version)}
          </Link>
          {endedAt === null ? <Badge tone="good">in force</Badge> : null}
          <span className="text-muted">
            <Time iso={releasedAt} /> by {by ?? 'Closecall'}
          </span>
          {reason ? <span className="min-w-0 break-words">“{reason}”</span> : null}
          {comebacks.has(id) ? (
            <Button
              size="sm"
              className="ml-auto"
              busy={release.isPending}
              onClick={() =>
                release.put({
                  number: version.number,
                  former: inForce?.number ?? null,
                  said: `${nameVersion(version)} is back in force.`,
                })
              }
            >
              {nameReturn(version, inForce)}
            </Button>
          ) : null}
        </li>
      ))}
    </ol>
  )
}
