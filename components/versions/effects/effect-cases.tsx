'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { errorMessage } from '@/components/ui/error-message'
import { count } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { effectCasesQuery } from '@/lib/runs/effects/queries'
import type { EffectCase, EffectPart, EffectSide } from '@/lib/runs/effects/schema'
import { versionPath } from '@/lib/versions/rules'
import type { VersionView } from '@/lib/versions/schema'
import { CaseLine } from '../case-line'

type EffectCasesProps = {
  project: string
  version: VersionView
  part: EffectPart
  onClose: () => void
}

const SIDES = {
  fixes: { title: 'Fixed by it', tone: 'good' },
  breaks: { title: 'Broken by it', tone: 'bad' },
} as const

/** The cases that an example decides, one by one. */
export function EffectCases({ project, version, part, onClose }: EffectCasesProps) {
  const list = (side: EffectSide) => (
    <CaseList
      project={project}
      version={versionPath(version)}
      partId={part.id}
      side={side}
      total={part.result?.[side] ?? 0}
    />
  )
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={namePart(part)}
      description="Cases of dev that come out right only with it, or only without it."
      className="max-w-2xl"
    >
      <div className="grid gap-4">
        {list('fixes')}
        {list('breaks')}
      </div>
    </Dialog>
  )
}

function namePart({ examples: [first, ...others] }: EffectPart): string {
  if (!first) return 'An example that is gone'
  return others.length > 0
    ? `${others.length + 1} ${first.kind} examples of ${first.label}`
    : `A ${first.kind} example of ${first.label}`
}

type CaseListProps = {
  project: string
  version: string
  partId: string
  side: EffectSide
  /** How many there are on this side. */
  total: number
}

/** One side, a page at a time. */
function CaseList({ project, version, partId, side, total }: CaseListProps) {
  const { title, tone } = SIDES[side]
  const query = useInfiniteQuery({
    ...effectCasesQuery(project, version, partId, side),
    enabled: total > 0,
  })
  if (total === 0) return null
  const cases = query.data?.pages.flatMap((page) => page.cases) ?? []
  return (
    <section aria-label={title}>
      <h3 className="mb-1 font-medium text-[13px]">
        {title} <Badge tone={tone}>{count(total)}</Badge>
      </h3>
      {query.isPending ? (
        <div role="status" aria-label="Loading" className="grid gap-3 py-2">
          {Array.from({ length: Math.min(total, 5) }, (_, i) => `row ${i}`).map((row) => (
            <Skeleton key={row} className="h-5" />
          ))}
        </div>
      ) : null}
      {query.isError ? (
        <Notice
          tone="bad"
          title="These cases could not be loaded"
          action={
            <Button size="sm" busy={query.isFetching} onClick={() => void query.refetch()}>
              Try again
            </Button>
          }
        >
          {errorMessage(query.error)}
        </Notice>
      ) : null}
      <ul>
        {cases.map((one) => (
          <CaseLine key={one.caseId} project={project} one={one} said={tell(one, side)} />
        ))}
      </ul>
      {cases.length > 0 && query.hasNextPage ? (
        <Button
          size="sm"
          className="mt-2"
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show more: {count(cases.length)} of {count(total)} shown
        </Button>
      ) : null}
    </section>
  )
}

const tell = ({ label, withLabel, withoutLabel }: EffectCase, side: EffectSide) =>
  side === 'fixes'
    ? `${label}, without it ${withoutLabel ?? 'no valid label'}`
    : `should be ${label}, with it ${withLabel ?? 'no valid label'}`
