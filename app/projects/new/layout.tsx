import type { ReactNode } from 'react'
import { AppShell } from '@/components/layout/app-shell'
import { gateActor } from '@/lib/platform/gate'
import { getTheme } from '@/lib/users/theme/data'

export default async function NewProjectLayout({ children }: { children: ReactNode }) {
  const [actor, theme] = await Promise.all([gateActor(), getTheme()])
  return (
    <AppShell person={actor} theme={theme}>
      {children}
    </AppShell>
  )
}
