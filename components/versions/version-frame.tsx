'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { Page } from '@/components/layout/page'
import { Badge } from '@/components/ui/badge'
import { cx } from '@/components/ui/cx'
import { describeChanges } from '@/lib/versions/drafts/rules'
import { titleVersion, toPromptContent, versionPath } from '@/lib/versions/rules'
import type { VersionView } from '@/lib/versions/schema'

type VersionFrameProps = {
  project: string
  version: VersionView
  mayEdit: boolean
  actions?: ReactNode
  width?: 'normal' | 'wide'
  children: ReactNode
}

/** The heading that the pages of one version share, with the way from one to the other. */
export function VersionFrame(props: VersionFrameProps) {
  const { project, version, mayEdit, actions, width = 'normal', children } = props
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
      <Places>
        <Place href={`/projects/${project}/versions`} name="All versions" />
        <Place
          href={hrefOf(project, version)}
          name={mayEdit && version.number === null ? 'Edit' : 'Prompt'}
        />
        <Place href={`${hrefOf(project, version)}/playground`} name="Playground" />
        <Place href={`${hrefOf(project, version)}/trial`} name="Trial on dev" />
        <Place href={`${hrefOf(project, version)}/examples`} name="Examples" />
        {version.number === null ? (
          <Place href={`${hrefOf(project, version)}/proposals`} name="Proposals" />
        ) : null}
        <Place href={`${hrefOf(project, version)}/release`} name="Test and release" />
      </Places>
      {children}
    </Page>
  )
}

export const hrefOf = (project: string, version: { id: string; number: number | null }) =>
  `/projects/${project}/versions/${versionPath(version)}`

/** Where an example stands: opened in a draft's editor, in the prompt of a frozen version. */
export const exampleHref = (
  project: string,
  version: { id: string; number: number | null },
  externalId: string,
) => {
  const page = hrefOf(project, version)
  return version.number === null ? `${page}?example=${encodeURIComponent(externalId)}` : page
}

/** On a narrow screen the row scrolls: the page one is on is among what is in view. */
function Places({ children }: { children: ReactNode }) {
  const pathname = usePathname()
  const nav = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new path marks another link
  useEffect(() => {
    const link = nav.current?.querySelector<HTMLElement>('[aria-current]')
    if (!nav.current || !link) return
    const middle = link.offsetLeft + link.offsetWidth / 2
    nav.current.scrollLeft = middle - nav.current.clientWidth / 2
  }, [pathname])
  return (
    <nav
      ref={nav}
      aria-label="Version"
      className="-mt-2 relative flex gap-1 overflow-x-auto [scrollbar-width:none]"
    >
      {children}
    </nav>
  )
}

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
