import type { ReactNode } from 'react'
import { AppShell } from '@/components/layout/app-shell'
import { UnsentAnswers } from '@/components/review/unsent-answers'
import { anyMember } from '@/lib/platform/access'
import { gateMember } from '@/lib/platform/gate'
import { getProject } from '@/lib/projects/data'
import { getTheme } from '@/lib/users/theme/data'

type ProjectLayoutProps = { params: Promise<{ project: string }>; children: ReactNode }

export default async function ProjectLayout({ params, children }: ProjectLayoutProps) {
  const member = await gateMember(params, anyMember)
  const [project, theme] = await Promise.all([getProject(member), getTheme()])
  return (
    <AppShell
      person={member}
      theme={theme}
      project={{ slug: project.slug, name: project.name, role: member.role }}
    >
      <UnsentAnswers userId={member.userId} />
      {children}
    </AppShell>
  )
}
