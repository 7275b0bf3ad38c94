'use client'
import { FolderOpen, LogOut, Monitor, Moon, Sun } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { Menu, MenuChoices, MenuItem, MenuSeparator } from '@/components/ui/menu'
import { showError } from '@/components/ui/show-error'
import { openOutbox } from '@/lib/platform/outbox'
import { useSignOut } from '@/lib/users/sign-in/queries'
import { useChooseTheme } from '@/lib/users/theme/queries'
import type { Theme } from '@/lib/users/theme/schema'
import { AvatarButton } from './avatar-button'
import { SignOutWarning } from './sign-out-warning'

const THEMES = [
  { value: 'system', label: 'Like the system', icon: <Monitor aria-hidden /> },
  { value: 'light', label: 'Light', icon: <Sun aria-hidden /> },
  { value: 'dark', label: 'Dark', icon: <Moon aria-hidden /> },
] as const

type AvatarMenuProps = { userId: string; name: string; email?: string; theme: Theme }

/** Comes open, and stays in place of the button that asked for it. */
export default function AvatarMenuOpen({ userId, name, email, theme: initial }: AvatarMenuProps) {
  const [theme, setTheme] = useState(initial)
  const chooseTheme = useChooseTheme()
  const signOut = useSignOut()
  const [unsent, setUnsent] = useState(0)

  function choose(next: Theme) {
    setTheme(next)
    document.documentElement.dataset.theme = next
    chooseTheme.mutate(next, { onError: showError })
  }

  async function ask() {
    // What cannot be counted cannot be lost by leaving either.
    const waiting = await openOutbox()
      .then((outbox) => outbox.count(userId))
      .catch(() => 0)
    if (waiting > 0) setUnsent(waiting)
    else leave()
  }

  function leave() {
    // A full load, so that nothing of this person stays in the browser's memory.
    signOut.mutate(undefined, {
      onSuccess: () => window.location.assign('/sign-in'),
      onError: showError,
    })
  }

  return (
    <>
      <Menu defaultOpen trigger={<AvatarButton name={name} />}>
        <div className="px-2.5 pt-1 pb-2">
          <p className="font-medium">{name}</p>
          {email ? <p className="text-muted text-xs">{email}</p> : null}
        </div>
        <MenuSeparator />
        <MenuItem asChild>
          <Link prefetch={false} href="/?all">
            <FolderOpen aria-hidden />
            All projects
          </Link>
        </MenuItem>
        <MenuSeparator />
        <MenuChoices label="Colours" value={theme} onChange={choose} choices={THEMES} />
        <MenuSeparator />
        <MenuItem onSelect={() => void ask()}>
          <LogOut aria-hidden />
          Sign out
        </MenuItem>
      </Menu>
      {unsent > 0 ? (
        <SignOutWarning {...{ userId, unsent }} onStay={() => setUnsent(0)} onSignOut={leave} />
      ) : null}
    </>
  )
}
