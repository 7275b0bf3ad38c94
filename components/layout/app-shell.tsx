import Link from 'next/link'
import type { ReactNode } from 'react'
import type { Role } from '@/lib/platform/access'
import type { Theme } from '@/lib/users/theme/schema'
import { AvatarMenu } from './avatar-menu'
import { NavLinks } from './nav-links'
import { TopBarProvider, TopBarSlot } from './top-bar'

type AppShellProps = {
  person: { userId: string; name: string; email?: string }
  theme: Theme
  /** Left out on pages that belong to no project. */
  project?: { slug: string; name: string; role: Role }
  children: ReactNode
}

/** The top bar and the one <main> of every page behind sign-in. */
export function AppShell({ person, theme, project, children }: AppShellProps) {
  return (
    <TopBarProvider>
      <div className="flex min-h-dvh flex-col">
        <header className="sticky top-0 z-30 border-line border-b bg-surface">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-1.5 sm:px-5 lg:h-12 lg:flex-nowrap lg:py-0">
            <Link
              prefetch={false}
              href="/"
              className="rounded-md py-1.5 font-semibold text-[15px] tracking-tight"
            >
              Closecall
            </Link>
            {project ? (
              <>
                <span className="min-w-0 flex-1 truncate text-muted lg:max-w-56 lg:flex-none">
                  {project.name}
                </span>
                <NavLinks project={project.slug} role={project.role} />
              </>
            ) : null}
            <div className="ml-auto flex min-w-0 shrink-0 items-center gap-4">
              <TopBarSlot />
              <AvatarMenu
                userId={person.userId}
                name={person.name}
                email={person.email}
                theme={theme}
              />
            </div>
          </div>
        </header>
        <main id="main" tabIndex={-1} className="flex min-w-0 flex-1 flex-col">
          {children}
        </main>
      </div>
    </TopBarProvider>
  )
}
