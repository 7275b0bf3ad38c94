'use client'
import { lazy, Suspense, useState } from 'react'
import type { Theme } from '@/lib/users/theme/schema'
import { AvatarButton } from './avatar-button'

export const loadAvatarMenu = () => import('./avatar-menu-open')
const AvatarMenuOpen = lazy(loadAvatarMenu)

type AvatarMenuProps = { userId: string; name: string; email?: string; theme: Theme }

/** The menu's code comes when a hand is on its way to it: no page needs it to be shown. */
export function AvatarMenu(props: AvatarMenuProps) {
  const [isWanted, setIsWanted] = useState(false)
  const button = (
    <AvatarButton
      name={props.name}
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={() => void loadAvatarMenu()}
      onFocus={() => void loadAvatarMenu()}
      onClick={() => setIsWanted(true)}
    />
  )
  return isWanted ? (
    <Suspense fallback={button}>
      <AvatarMenuOpen {...props} />
    </Suspense>
  ) : (
    button
  )
}
