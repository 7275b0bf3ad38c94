'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { Loaded } from '@/components/ui/loaded'
import { Time } from '@/components/ui/time'
import { releasesQuery } from '@/lib/versions/releases/queries'
import { nameVersion } from '@/lib/versions/rules'
import { hrefOf } from '../version-frame'

/** Which version was in force, since when and why. */
export function ReleasesCard({ project }: { project: string }) {
  const releases = useQuery(releasesQuery(project))
  return (
    <Card
      title="Releases"
      description="The released version suggests labels for new work. To roll back, open an earlier one and release it again."
    >
      <Loaded query={releases}>
        {(all) =>
          all.length === 0 ? (
            <p className="text-muted">Nothing is released yet: reviewers see no suggestions.</p>
          ) : (
            <ol className="grid gap-2">
              {all.map(({ id, version, by, reason, releasedAt, endedAt }) => (
                <li
                  key={id}
                  className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 text-[13px]"
                >
                  <Link className="link font-medium" href={`${hrefOf(project, version)}/release`}>
                    {nameVersion(version)}
                  </Link>
                  {endedAt === null ? <Badge tone="good">in force</Badge> : null}
                  <span className="text-muted">
                    <Time iso={releasedAt} /> by {by ?? 'Closecall'}
                  </span>
                  {reason ? <span className="min-w-0 break-words">“{reason}”</span> : null}
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
    </Card>
  )
}
