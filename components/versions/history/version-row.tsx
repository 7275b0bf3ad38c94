'use client'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { Time } from '@/components/ui/time'
import type { VersionSummary } from '@/lib/versions/history/schema'
import { nameVersion, titleVersion } from '@/lib/versions/rules'
import { NewDraftButton } from '../new-draft-button'
import { hrefOf } from '../version-frame'
import { DevFigure, TestFigure } from './version-figures'

/** The columns of a row, and of the heading above; on a phone all stands one below the other. */
export const COLUMNS =
  'lg:grid-cols-[minmax(0,1fr)_10rem_10rem_9.5rem] lg:gap-x-4 grid grid-cols-1 gap-y-1.5'

type VersionRowProps = {
  project: string
  version: VersionSummary
  chosen: boolean
  onChoose: (chosen: boolean) => void
  mayEdit: boolean
}

/** One version with all that is known of it and what can be done with it. */
export function VersionRow(props: VersionRowProps) {
  const { project, version, chosen, onChoose, mayEdit } = props
  const name = nameOf(version)
  return (
    <div className={`${COLUMNS} py-3 text-[13px]`}>
      <div className="flex min-w-0 items-start gap-2.5">
        <input
          type="checkbox"
          checked={chosen}
          onChange={({ target }) => onChoose(target.checked)}
          aria-label={`Choose ${name}`}
          className="mt-1 size-4 shrink-0 accent-accent"
        />
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
            <Link className="link font-medium text-sm" href={hrefOf(project, version)}>
              {titleVersion(version, version.parent)}
            </Link>
            {version.number !== null && version.parent?.number ? (
              <span className="text-muted text-xs">from v{version.parent.number}</span>
            ) : null}
            {version.released ? <Badge tone="good">released</Badge> : null}
            {version.number === null ? <Badge>can change</Badge> : null}
          </p>
          <p className="wrap-anywhere max-w-prose">{version.changed}</p>
          <div className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-xs">
            <span>
              {version.examples.good} good, {version.examples.bad} bad examples
            </span>
            {mayEdit ? (
              <NewDraftButton
                project={project}
                from={version}
                variant="ghost"
                size="sm"
                className="-mx-1.5 h-6 px-1.5 text-accent text-xs"
              >
                New draft from this<span className="sr-only">: {name}</span>
              </NewDraftButton>
            ) : null}
          </div>
        </div>
      </div>
      <Cell name="On dev">
        <DevFigure dev={version.dev} />
      </Cell>
      <Cell name="On test">
        <TestFigure test={version.test} />
      </Cell>
      <div className="pl-6.5 text-muted text-xs lg:pl-0 lg:text-[13px]">
        <span className="text-ink">{version.author ?? 'Closecall'}</span>{' '}
        <span className="lg:block lg:text-xs">
          <Time iso={version.at} />
        </span>
      </div>
    </div>
  )
}

/** A draft has no number: what changed in it tells drafts of one version apart. */
export function nameOf(version: VersionSummary): string {
  const name = nameVersion(version, version.parent)
  return version.number === null ? `${name} (${version.changed})` : name
}

/** A figure below its name on a phone, in its column on a screen. */
function Cell({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 gap-2 pl-6.5 tabular-nums lg:block lg:pl-0">
      <span className="w-14 shrink-0 text-muted lg:sr-only">{name}</span>
      <div className="min-w-0">{children}</div>
    </div>
  )
}
