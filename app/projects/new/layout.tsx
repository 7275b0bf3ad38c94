import type { ReactNode } from 'react'
import { AppShell } from '@/components/layout/app-shell'
import { UnsentAnswers } from '@/components/review/unsent-answers'
import { gateActor } from '@/lib/platform/gate'
import { getTheme } from '@/lib/users/theme/data'

export default async function NewProjectLayout({ children }: { children: ReactNode }) {
  const [actor, theme] = await Promise.all([gateActor(), getTheme()])
  return (
    <AppShell person={actor} theme={theme}>
      <UnsentAnswers userId={actor.userId} />
      {children}
    </AppShell>
  )
}
