'use client'
import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { Checkbox } from '@/components/ui/field'
import type { ExampleView, VersionCategory } from '@/lib/versions/schema'
import { MoveButtons } from './categories-card'
import type { Draft } from './use-draft'

type ExampleRowProps = {
  example: ExampleView
  categories: VersionCategory[]
  at: number
  count: number
  run: Draft['run']
  onEdit: (id: string) => void
  onMove: (to: number) => void
}

export function ExampleRow(props: ExampleRowProps) {
  const { example, categories, at, count, run, onEdit, onMove } = props
  const nameOf = (id: string | null) =>
    categories.find(({ categoryId }) => categoryId === id)?.name ?? 'a category that is not here'
  // Shown at once, while the save is on its way.
  const [wanted, setWanted] = useState<boolean | null>(null)
  const enabled = wanted ?? example.enabled
  async function use(on: boolean) {
    setWanted(on)
    await run({ do: 'change', id: example.id, change: { enabled: on } })
    setWanted(null)
  }
  const name = `example ${example.externalId}`
  return (
    <li className="flex gap-2 rounded-lg bg-sunken p-2.5">
      <div className={cx('min-w-0 flex-1', !enabled && 'opacity-60')}>
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[13px]">
          <span className="font-medium">{nameOf(example.labelId)}</span>
          {example.wrongLabelId ? (
            <span className="text-muted">not {nameOf(example.wrongLabelId)}</span>
          ) : null}
          <span className="font-mono text-muted text-xs">{example.externalId}</span>
          {enabled ? null : <Badge>off</Badge>}
          {example.flagged ? <Badge tone="warn">its review was changed</Badge> : null}
        </p>
        <p className="mt-1 line-clamp-2 break-words text-[13px]">{example.text}</p>
        {example.explanation ? (
          <p className="mt-1 line-clamp-2 break-words text-[13px] text-muted">
            {example.explanation}
          </p>
        ) : null}
        <div className="mt-2 flex flex-wrap items-center gap-2">
          <Button size="sm" aria-label={`Edit ${name}`} onClick={() => onEdit(example.id)}>
            Edit
          </Button>
          <Button
            size="sm"
            variant="ghost"
            aria-label={`Remove ${name}`}
            onClick={() => void run({ do: 'remove', id: example.id })}
          >
            Remove
          </Button>
          <Checkbox
            label="In use"
            aria-label={`Use ${name}`}
            className="text-[13px]"
            checked={enabled}
            onChange={({ target }) => void use(target.checked)}
          />
        </div>
      </div>
      <MoveButtons name={name} at={at} count={count} onMove={onMove} />
    </li>
  )
}
