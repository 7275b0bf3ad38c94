'use client'
import { Combine, EllipsisVertical, Pencil, Split, Trash2 } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu'

export type ChangeKind = 'rename' | 'split' | 'merge' | 'remove'

type CategoryMenuProps = { name: string; onSelect: (kind: ChangeKind) => void }

/** What changes a category together with its cases. */
export function CategoryMenu({ name, onSelect }: CategoryMenuProps) {
  return (
    <Menu
      trigger={
        <Button size="sm" variant="ghost" aria-label={`Change ${name}`}>
          <EllipsisVertical aria-hidden />
        </Button>
      }
    >
      <MenuItem onSelect={() => onSelect('rename')}>
        <Pencil aria-hidden />
        Rename…
      </MenuItem>
      <MenuItem onSelect={() => onSelect('split')}>
        <Split aria-hidden />
        Split…
      </MenuItem>
      <MenuItem onSelect={() => onSelect('merge')}>
        <Combine aria-hidden />
        Merge into another…
      </MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={() => onSelect('remove')}>
        <Trash2 aria-hidden />
        Remove…
      </MenuItem>
    </Menu>
  )
}
