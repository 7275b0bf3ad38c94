'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Dialog } from '@/components/ui/dialog'
import { Loaded } from '@/components/ui/loaded'
import { effectCasesQuery } from '@/lib/runs/effects/queries'
import type { EffectCase, EffectPart } from '@/lib/runs/effects/schema'
import { versionPath } from '@/lib/versions/rules'
import type { VersionView } from '@/lib/versions/schema'

type EffectCasesProps = {
  project: string
  version: VersionView
  part: EffectPart
  onClose: () => void
}

/** The cases that an example decides, one by one. */
export function EffectCases({ project, version, part, onClose }: EffectCasesProps) {
  const cases = useQuery(effectCasesQuery(project, versionPath(version), part.id))
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={namePart(part)}
      description="Cases of dev that come out right only with it, or only without it."
      className="max-w-2xl"
    >
      <Loaded query={cases}>
        {({ fixes, breaks }) => (
          <div className="grid gap-4">
            <CaseList
              project={project}
              title="Fixed by it"
              tone="good"
              cases={fixes}
              total={part.result?.fixes}
            />
            <CaseList
              project={project}
              title="Broken by it"
              tone="bad"
              cases={breaks}
              total={part.result?.breaks}
            />
          </div>
        )}
      </Loaded>
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
  title: string
  tone: 'good' | 'bad'
  cases: EffectCase[]
  /** Of a long list only the first cases come. */
  total: number | undefined
}

function CaseList({ project, title, tone, cases, total = 0 }: CaseListProps) {
  if (cases.length === 0) return null
  const all = Math.max(total, cases.length)
  return (
    <section aria-label={title}>
      <h3 className="mb-1 font-medium text-[13px]">
        {title} <Badge tone={tone}>{all}</Badge>
      </h3>
      {all > cases.length && (
        <p className="text-[13px] text-muted">The first {cases.length}, in random order.</p>
      )}
      <ul>
        {cases.map((one) => (
          <li
            key={one.caseId}
            className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-line border-b py-1.5 text-[13px] last:border-b-0"
          >
            <Link
              className="link font-mono"
              href={`/projects/${project}/cases/${one.caseId}`}
              prefetch={false}
            >
              {one.externalId}
            </Link>
            <span className="min-w-0 flex-1 basis-40 break-words">{one.subject}</span>
            <span className="text-muted">
              {tone === 'good'
                ? `${one.label}, without it ${one.withoutLabel ?? 'no valid label'}`
                : `should be ${one.label}, with it ${one.withLabel ?? 'no valid label'}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
