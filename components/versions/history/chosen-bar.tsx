'use client'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import type { VersionSummary } from '@/lib/versions/history/schema'
import { versionPath } from '@/lib/versions/rules'

type ChosenBarProps = {
  project: string
  /** In the order in which they were chosen. */
  chosen: VersionSummary[]
  onClear: () => void
  /** What else can be done with them. */
  children?: ReactNode
}

/** What can be done with the versions that are ticked; stays in view while the list scrolls. */
export function ChosenBar({ project, chosen, onClear, children }: ChosenBarProps) {
  const [a, b] = [...chosen].sort((one, other) => one.at.localeCompare(other.at))
  return (
    <section aria-label="Chosen versions" className="sticky bottom-3 z-10">
      <div className="flex flex-wrap items-center gap-2 rounded-xl border border-line bg-surface px-4 py-2.5 shadow-float">
        <p role="status" className="mr-auto text-[13px]">
          {describe(chosen.length)}
        </p>
        <Button size="sm" variant="ghost" onClick={onClear}>
          Clear
        </Button>
        {children}
        {a && b && chosen.length === 2 ? (
          <Button asChild size="sm" variant="primary">
            <Link
              href={`/projects/${project}/versions/compare?a=${versionPath(a)}&b=${versionPath(b)}`}
            >
              Compare the two
            </Link>
          </Button>
        ) : null}
      </div>
    </section>
  )
}

function describe(n: number): string {
  if (n === 1) return '1 version chosen. Choose another one to compare them.'
  return n === 2 ? '2 versions chosen.' : `${n} versions chosen.`
}
