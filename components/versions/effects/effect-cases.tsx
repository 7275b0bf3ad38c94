'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Badge } from '@/components/ui/badge'
import { Dialog } from '@/components/ui/dialog'
import { count } from '@/components/ui/figures'
import { effectCasesQuery } from '@/lib/runs/effects/queries'
import type { EffectCase, EffectPart, EffectSide } from '@/lib/runs/effects/schema'
import { versionPath } from '@/lib/versions/rules'
import type { VersionView } from '@/lib/versions/schema'
import { CaseList } from '../case-list'

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
    <SideCases
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

type SideCasesProps = {
  project: string
  version: string
  partId: string
  side: EffectSide
  /** How many there are on this side. */
  total: number
}

/** One side, a page at a time. */
function SideCases({ project, version, partId, side, total }: SideCasesProps) {
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
      <CaseList
        project={project}
        query={query}
        cases={cases}
        total={total}
        tell={(one) => tell(one, side)}
      />
    </section>
  )
}

const tell = ({ label, withLabel, withoutLabel }: EffectCase, side: EffectSide) =>
  side === 'fixes'
    ? `${label}, without it ${withoutLabel ?? 'no valid label'}`
    : `should be ${label}, with it ${withLabel ?? 'no valid label'}`
