'use client'
import { FolderOpen, LogOut, Monitor, Moon, Sun } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { Menu, MenuChoices, MenuItem, MenuSeparator } from '@/components/ui/menu'
import { showError } from '@/components/ui/show-error'
import { useSignOut } from '@/lib/users/sign-in/queries'
import { useChooseTheme } from '@/lib/users/theme/queries'
import type { Theme } from '@/lib/users/theme/schema'

const THEMES = [
  { value: 'system', label: 'Like the system', icon: <Monitor aria-hidden /> },
  { value: 'light', label: 'Light', icon: <Sun aria-hidden /> },
  { value: 'dark', label: 'Dark', icon: <Moon aria-hidden /> },
] as const

const initials = (name: string) =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .map((word, at, words) => (at === 0 || at === words.length - 1 ? [...word][0] : ''))
    .join('')
    .toUpperCase()

type AvatarMenuProps = { name: string; email?: string; theme: Theme }

export function AvatarMenu({ name, email, theme: initial }: AvatarMenuProps) {
  const [theme, setTheme] = useState(initial)
  const chooseTheme = useChooseTheme()
  const signOut = useSignOut()

  function choose(next: Theme) {
    setTheme(next)
    document.documentElement.dataset.theme = next
    chooseTheme.mutate(next, { onError: showError })
  }

  function leave() {
    // A full load, so that nothing of this person stays in the browser's memory.
    signOut.mutate(undefined, {
      onSuccess: () => window.location.assign('/sign-in'),
      onError: showError,
    })
  }

  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`Account: ${name}`}
          className="grid size-8 shrink-0 place-items-center rounded-full bg-accent font-semibold text-on-accent text-xs"
        >
          <span aria-hidden>{initials(name)}</span>
        </button>
      }
    >
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
      <MenuItem onSelect={leave}>
        <LogOut aria-hidden />
        Sign out
      </MenuItem>
    </Menu>
  )
}
