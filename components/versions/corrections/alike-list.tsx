'use client'
import Link from 'next/link'
import { useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { count } from '@/components/ui/figures'
import { Time } from '@/components/ui/time'
import type { CorrectionBrief } from '@/lib/versions/corrections/schema'

type AlikeListProps = {
  project: string
  alike: CorrectionBrief[]
  /** How many there are; the newest are listed. */
  total: number
}

/** Corrections of nearly the same text, folded: what is decided on the one shown is decided on all. */
export function AlikeList({ project, alike, total }: AlikeListProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  if (total === 0) return null
  const rest = total - alike.length
  return (
    <div className="mt-1.5">
      <Button
        size="sm"
        variant="ghost"
        className="-ml-2.5"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        and {count(total)} like it
      </Button>
      <ul id={id} hidden={!open} className="mt-1 border-line border-l-2 pl-3 text-[13px]">
        {alike.map((one) => (
          <li key={one.reviewId} className="py-1">
            <Link
              className="link font-mono"
              href={`/projects/${project}/cases/${one.caseId}`}
              prefetch={false}
            >
              {one.externalId}
            </Link>{' '}
            <span className="break-words">{one.subject}</span>{' '}
            <span className="text-muted">
              {one.reviewer}
              {one.note ? `: ${one.note}` : ', no note.'} <Time iso={one.at} />
            </span>
          </li>
        ))}
        {rest > 0 ? <li className="py-1 text-muted">and {count(rest)} more</li> : null}
      </ul>
    </div>
  )
}
