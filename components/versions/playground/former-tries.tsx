'use client'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Loaded } from '@/components/ui/loaded'
import { StandIn } from '@/components/ui/stand-in'
import { Time } from '@/components/ui/time'
import { formerTriesQuery } from '@/lib/versions/playground/queries'
import type { Wanted } from './use-playground'

type FormerTriesProps = {
  project: string
  version: string
  onPick: (picked: NonNullable<Wanted['picked']>) => void
}

/** A person's own latest tries of this version; a case of the project can be taken up again. */
export function FormerTries({ project, version, onPick }: FormerTriesProps) {
  const query = useQuery(formerTriesQuery(project, version))
  if (query.data?.length === 0) return null
  return (
    <Card title="Your latest tries of this version">
      <Loaded query={query}>
        {(tries) => (
          <ol className="grid">
            {tries.map(({ callId, at, case: tried, label, standIn }) => (
              <li
                key={callId}
                className="flex flex-wrap items-center gap-x-3 gap-y-0.5 border-line border-t py-2 text-[13px] first:border-t-0"
              >
                <span className="min-w-0 flex-1 basis-48">
                  <span className="wrap-anywhere line-clamp-1">
                    {tried ? tried.subject || tried.externalId : 'A pasted text'}
                  </span>
                  <span className="text-muted text-xs">
                    <Time iso={at} />
                  </span>
                </span>
                <span className="flex items-center gap-2">
                  {label ?? <span className="text-muted">no valid label</span>}
                  {standIn ? <StandIn /> : null}
                </span>
                {tried ? (
                  <Button
                    size="sm"
                    variant="ghost"
                    onClick={() => onPick({ ...tried, leavesQueue: false })}
                  >
                    Pick again<span className="sr-only">: {tried.subject || tried.externalId}</span>
                  </Button>
                ) : null}
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </Card>
  )
}
