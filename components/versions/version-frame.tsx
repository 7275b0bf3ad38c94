'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { type ReactNode, useMemo } from 'react'
import { Page } from '@/components/layout/page'
import { Badge } from '@/components/ui/badge'
import { cx } from '@/components/ui/cx'
import { describeChanges } from '@/lib/versions/drafts/rules'
import { titleVersion, toPromptContent, versionPath } from '@/lib/versions/rules'
import type { VersionView } from '@/lib/versions/schema'

type VersionFrameProps = {
  project: string
  version: VersionView
  actions?: ReactNode
  width?: 'normal' | 'wide'
  children: ReactNode
}

/** The heading that the pages of one version share, with the way from one to the other. */
export function VersionFrame(props: VersionFrameProps) {
  const { project, version, actions, width = 'normal', children } = props
  const changes = useMemo(
    () => describeChanges(version.parentContent, toPromptContent(version)),
    [version],
  )
  return (
    <Page
      width={width}
      title={
        <span className="flex flex-wrap items-baseline gap-x-2.5 gap-y-1">
          <span>{titleVersion(version, version.parent)}</span>
          {version.released ? <Badge tone="good">released</Badge> : null}
          <span className="font-normal text-muted text-sm tracking-normal">
            {version.note || changes}
          </span>
        </span>
      }
      actions={actions}
    >
      <nav aria-label="Version" className="-mt-2 flex gap-1 overflow-x-auto">
        <Place href={`/projects/${project}/versions`} name="All versions" />
        <Place href={hrefOf(project, version)} name={version.number ? 'Prompt' : 'Edit'} />
        <Place href={`${hrefOf(project, version)}/playground`} name="Playground" />
        <Place href={`${hrefOf(project, version)}/trial`} name="Trial on dev" />
        <Place href={`${hrefOf(project, version)}/examples`} name="Examples" />
        {version.number === null ? (
          <Place href={`${hrefOf(project, version)}/proposals`} name="Proposals" />
        ) : null}
        <Place href={`${hrefOf(project, version)}/release`} name="Test and release" />
      </nav>
      {children}
    </Page>
  )
}

export const hrefOf = (project: string, version: { id: string; number: number | null }) =>
  `/projects/${project}/versions/${versionPath(version)}`

function Place({ href, name }: { href: string; name: string }) {
  const here = usePathname() === href
  return (
    <Link
      href={href}
      aria-current={here ? 'page' : undefined}
      className={cx(
        'whitespace-nowrap rounded-lg px-2.5 py-1.5 text-[13px] focus-visible:-outline-offset-2',
        here ? 'bg-sunken font-semibold text-ink' : 'text-muted hover:text-ink',
      )}
    >
      {name}
    </Link>
  )
}
