'use client'
import Link, { useLinkStatus } from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { cx } from '@/components/ui/cx'
import type { Role } from '@/lib/platform/access'

type Place = readonly [path: string, name: string]

const REVIEW: Place = ['review', 'Review']
const ANSWERS: Place = ['answers', 'My answers']
const CASES: Place = ['cases', 'Cases']
const DISAGREEMENTS: Place = ['disagreements', 'Disagreements']
const CORRECTIONS: Place = ['corrections', 'Corrections']
const VERSIONS: Place = ['versions', 'Versions']
const RUNS: Place = ['runs', 'Runs']
const ACCURACY: Place = ['accuracy', 'Accuracy']
const TRAINING_DATA: Place = ['training-data', 'Training data']
const REVIEWING: Place = ['settings/reviewing', 'Reviewing']
const SETTINGS: Place = ['settings', 'Settings']

/** What each role works with, in the order of the work. */
const PLACES: Record<Role, readonly Place[]> = {
  reviewer: [REVIEW, ANSWERS],
  prompt_engineer: [
    REVIEW,
    ANSWERS,
    CASES,
    DISAGREEMENTS,
    CORRECTIONS,
    VERSIONS,
    RUNS,
    ACCURACY,
    TRAINING_DATA,
    REVIEWING,
  ],
  manager: [CASES, DISAGREEMENTS, VERSIONS, RUNS, ACCURACY, TRAINING_DATA, SETTINGS],
}

export function NavLinks({ project, role }: { project: string; role: Role }) {
  const pathname = usePathname()
  const nav = useRef<HTMLElement>(null)

  // On a narrow screen the row scrolls: the page one is on must be among what is in view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new path marks another link
  useEffect(() => {
    const link = nav.current?.querySelector<HTMLElement>('[aria-current]')
    if (nav.current && link) {
      const middle = link.offsetLeft + link.offsetWidth / 2
      nav.current.scrollLeft = middle - nav.current.clientWidth / 2
    }
  }, [pathname])

  return (
    <nav
      ref={nav}
      aria-label="Project"
      className="-mx-4 relative order-last flex w-[calc(100%+2rem)] min-w-0 gap-1 overflow-x-auto px-1.5 py-1 [scrollbar-width:none] sm:-mx-5 sm:w-[calc(100%+2.5rem)] sm:px-2.5 lg:order-none lg:mx-0 lg:w-auto lg:px-1"
    >
      {PLACES[role].map(([path, name]) => {
        const href = `/projects/${project}/${path}`
        const here = pathname === href || pathname.startsWith(`${href}/`)
        return (
          <Link
            key={path}
            href={href}
            // These pages are made anew at each visit: fetched ahead they would only be work.
            prefetch={false}
            aria-current={here ? 'page' : undefined}
            className={cx(
              'relative whitespace-nowrap rounded-lg px-2.5 py-1.5 focus-visible:outline-offset-0',
              here ? 'bg-sunken font-semibold text-ink' : 'text-muted hover:text-ink',
            )}
          >
            {name}
            <Waiting />
          </Link>
        )
      })}
    </nav>
  )
}

/** A line under the link while its page takes longer than a moment. */
function Waiting() {
  const { pending } = useLinkStatus()
  if (!pending) return null
  return (
    <span
      role="status"
      aria-label="Loading"
      className="absolute inset-x-2.5 bottom-0.5 h-0.5 animate-wait rounded-full bg-accent"
    />
  )
}
