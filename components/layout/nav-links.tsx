'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { cx } from '@/components/ui/cx'
import type { Role } from '@/lib/platform/access'

type Place = readonly [path: string, name: string]

const REVIEW: Place = ['review', 'Review']
const ANSWERS: Place = ['answers', 'My answers']
const CASES: Place = ['cases', 'Cases']
const CORRECTIONS: Place = ['corrections', 'Corrections']
const VERSIONS: Place = ['versions', 'Versions']
const RUNS: Place = ['runs', 'Runs']
const ACCURACY: Place = ['accuracy', 'Accuracy']
const TRAINING_DATA: Place = ['training-data', 'Training data']
const SETTINGS: Place = ['settings', 'Settings']

/** What each role works with, in the order of the work. */
const PLACES: Record<Role, readonly Place[]> = {
  reviewer: [REVIEW, ANSWERS],
  prompt_engineer: [REVIEW, CASES, CORRECTIONS, VERSIONS, RUNS, ACCURACY, TRAINING_DATA],
  manager: [CASES, VERSIONS, RUNS, ACCURACY, TRAINING_DATA, SETTINGS],
}

export function NavLinks({ project, role }: { project: string; role: Role }) {
  const pathname = usePathname()
  return (
    <nav
      aria-label="Project"
      className="-mx-1 order-last flex w-full min-w-0 gap-1 overflow-x-auto p-1 lg:order-none lg:w-auto"
    >
      {PLACES[role].map(([path, name]) => {
        const href = `/projects/${project}/${path}`
        const here = pathname === href || pathname.startsWith(`${href}/`)
        return (
          <Link
            key={path}
            href={href}
            aria-current={here ? 'page' : undefined}
            className={cx(
              'whitespace-nowrap rounded-lg px-2.5 py-1.5 focus-visible:outline-offset-0',
              here ? 'bg-sunken font-semibold text-ink' : 'text-muted hover:text-ink',
            )}
          >
            {name}
          </Link>
        )
      })}
    </nav>
  )
}
