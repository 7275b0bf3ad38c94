import { redirect } from 'next/navigation'
import { AppShell } from '@/components/layout/app-shell'
import { UnsentAnswers } from '@/components/review/unsent-answers'
import { HomePage } from '@/components/users/home-page'
import { gateActor } from '@/lib/platform/gate'
import { mayCreateProject } from '@/lib/projects/policy'
import { listOwnProjects } from '@/lib/users/data'
import { workPath } from '@/lib/users/rules'
import { getTheme } from '@/lib/users/theme/data'

type HomeProps = { searchParams: Promise<{ all?: string }> }

export default async function Home({ searchParams }: HomeProps) {
  const actor = await gateActor()
  const [projects, theme, { all }] = await Promise.all([
    listOwnProjects(actor),
    getTheme(),
    searchParams,
  ])
  const [only, ...others] = projects
  if (only && others.length === 0 && all === undefined) redirect(workPath(only))
  const mayCreate = mayCreateProject(
    actor.isAdmin,
    projects.map(({ role }) => role),
  )
  return (
    <AppShell person={actor} theme={theme}>
      <UnsentAnswers userId={actor.userId} />
      <HomePage projects={projects} mayCreate={mayCreate} />
    </AppShell>
  )
}
