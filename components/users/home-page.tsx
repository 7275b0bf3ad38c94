import { ArrowRight, Plus } from 'lucide-react'
import Link from 'next/link'
import { Page } from '@/components/layout/page'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { ROLE_NAMES } from '@/lib/platform/access'
import { workPath } from '@/lib/users/rules'
import type { OwnProject } from '@/lib/users/schema'

type HomePageProps = { projects: OwnProject[]; mayCreate: boolean }

export function HomePage({ projects, mayCreate }: HomePageProps) {
  const create = mayCreate ? (
    <Button asChild variant="primary">
      <Link prefetch={false} href="/projects/new">
        <Plus aria-hidden />
        New project
      </Link>
    </Button>
  ) : null

  if (projects.length === 0) {
    return (
      <Page title="Projects">
        <Empty title="You are in no project yet" action={create}>
          {mayCreate
            ? 'A project is one labelling task: its categories, its cases and its people. Make the first one.'
            : 'Ask an admin or a manager of a project to add you. It then stands here.'}
        </Empty>
      </Page>
    )
  }
  return (
    <Page title="Projects" actions={create}>
      <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {projects.map((project) => (
          <li
            key={project.slug}
            className="group relative grid min-w-0 content-start gap-2 rounded-xl border border-line bg-surface p-5 transition-colors focus-within:border-accent hover:border-accent"
          >
            <div className="flex items-start justify-between gap-3">
              <h2 className="min-w-0 font-semibold text-[15px]">
                {/* The link covers the card, so that all of it can be clicked and is read once. */}
                <Link
                  prefetch={false}
                  href={workPath(project)}
                  className="after:absolute after:inset-0 after:rounded-xl"
                >
                  {project.name}
                </Link>
              </h2>
              <Badge>{ROLE_NAMES[project.role]}</Badge>
            </div>
            {project.description ? (
              <p className="line-clamp-3 text-[13px] text-muted">{project.description}</p>
            ) : null}
            <span className="mt-1 flex items-center gap-1.5 font-medium text-[13px] text-accent">
              {project.role === 'manager' ? 'See how accurate it is' : 'Go on reviewing'}
              <ArrowRight className="size-3.5" aria-hidden />
            </span>
          </li>
        ))}
      </ul>
    </Page>
  )
}
