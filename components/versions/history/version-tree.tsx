'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import {
  countShown,
  growTree,
  isFoldedAtFirst,
  type Line,
  listLine,
} from '@/lib/versions/history/rules'
import type { VersionSummary } from '@/lib/versions/history/schema'
import { COLUMNS, nameOf, VersionRow } from './version-row'

type VersionTreeProps = {
  project: string
  versions: VersionSummary[]
  chosen: ReadonlySet<string>
  onChoose: (id: string, chosen: boolean) => void
  mayEdit: boolean
}

/**
 * Every version below what was made from it, as lists within lists: a screen reader says how deep one
 * is, and keys go from link to link. What follows in one line is not indented, so that thirty versions
 * in a row still fit a phone.
 */
export function VersionTree({ versions, ...rest }: VersionTreeProps) {
  const newest = Math.max(0, ...versions.map(({ number }) => number ?? 0))
  const shared = { ...rest, all: versions.length, newest }
  return (
    <>
      <div
        aria-hidden
        className={cx(COLUMNS, 'hidden! border-line border-b pb-2 text-muted text-xs lg:grid!')}
      >
        <span>Version and what changed</span>
        <span>Accuracy on dev</span>
        <span>Published on test</span>
        <span>By</span>
      </div>
      {growTree(versions).map((line, index) => (
        <VersionLine
          key={line[0]?.version.id}
          line={line}
          label={index === 0 ? 'Versions, the newest first' : 'Versions that began apart'}
          {...shared}
        />
      ))}
    </>
  )
}

type Shared = Omit<VersionTreeProps, 'versions'> & {
  /** How many versions there are, and the highest number. */
  all: number
  newest: number
}
type VersionLineProps = Shared & { line: Line<VersionSummary>; label: string; branch?: boolean }

function VersionLine({ line, label, branch = false, ...shared }: VersionLineProps) {
  const { project, chosen, onChoose, mayEdit, all } = shared
  const [whole, setWhole] = useState(false)
  const shown = whole ? line.length : countShown(line, all)
  return (
    <ol
      aria-label={label}
      className={cx('min-w-0', branch ? 'ml-2 border-line border-l-2 pl-3 sm:pl-4' : '')}
    >
      {line.slice(0, shown).map(({ version, branches }) => (
        <li key={version.id} className="min-w-0 border-line border-t first:border-t-0">
          <VersionRow
            project={project}
            version={version}
            chosen={chosen.has(version.id)}
            onChoose={(next) => onChoose(version.id, next)}
            mayEdit={mayEdit}
          />
          {branches.map((other) => (
            <Branch key={other[0]?.version.id} line={other} from={nameOf(version)} {...shared} />
          ))}
        </li>
      ))}
      {shown < line.length ? (
        <li className="border-line border-t py-2">
          <Button size="sm" variant="ghost" aria-expanded={false} onClick={() => setWhole(true)}>
            Show {line.length - shown} earlier versions
          </Button>
        </li>
      ) : null}
    </ol>
  )
}

type BranchProps = Shared & { line: Line<VersionSummary>; from: string }

/** What went another way; an old one is folded in a large tree. */
function Branch({ line, from, ...shared }: BranchProps) {
  const foldable = isFoldedAtFirst(line, shared.all, shared.newest)
  const [open, setOpen] = useState(!foldable)
  const inside = listLine(line)
  return (
    <div className="mb-2">
      {foldable ? (
        <Button
          size="sm"
          variant="ghost"
          className="-ml-0.5"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Fold' : 'Show'} the branch from {from}: {listNames(inside)}
        </Button>
      ) : null}
      {open ? <VersionLine line={line} label={`Made from ${from}`} branch {...shared} /> : null}
    </div>
  )
}

/** "v4, v5 and 3 more" */
function listNames(versions: readonly VersionSummary[]): string {
  const names = versions.map(({ number }) => `v${number}`).reverse()
  const rest = names.length - 3
  return rest > 1 ? `${names.slice(0, 3).join(', ')} and ${rest} more` : names.join(', ')
}
