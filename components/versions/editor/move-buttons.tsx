'use client'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { useTellMove } from './sortable-list'

type MoveButtonsProps = {
  name: string
  isFirst: boolean
  isLast: boolean
  /** By one place: −1 up, 1 down. */
  onMove: (by: -1 | 1) => void
}

/** At the end of its way a button keeps the focus and does nothing; where the item came to is read out. */
export function MoveButtons({ name, isFirst, isLast, onMove }: MoveButtonsProps) {
  const tell = useTellMove()
  const ways = [
    { by: -1, to: 'up', isAtEnd: isFirst, Icon: ArrowUp },
    { by: 1, to: 'down', isAtEnd: isLast, Icon: ArrowDown },
  ] as const
  return ways.map(({ by, to, isAtEnd, Icon }) => (
    <Button
      key={to}
      size="sm"
      variant="ghost"
      className="px-1.5"
      aria-label={`Move ${name} ${to}`}
      aria-disabled={isAtEnd || undefined}
      onClick={() => {
        if (!isAtEnd) onMove(by)
        tell()
      }}
    >
      <Icon aria-hidden />
    </Button>
  ))
}
