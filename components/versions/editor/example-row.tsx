'use client'
import { memo } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { Checkbox } from '@/components/ui/field'
import type { ExampleView } from '@/lib/versions/schema'
import { ExampleMark } from '../checks/example-mark'
import { ExampleEffect } from '../effects/example-effect'
import type { DraftKeeper } from './draft-keeper'
import { MoveButtons } from './move-buttons'
import { DragHandle, SortableItem } from './sortable-list'

/** As many characters as two lines can show at any width. */
const EXCERPT = 400

type ExampleRowProps = {
  example: ExampleView
  /** Of the draft's categories, by id. */
  names: ReadonlyMap<string, string>
  /** While only some are shown nobody can say where one belongs. */
  isFixed: boolean
  isFirst: boolean
  isLast: boolean
  keeper: DraftKeeper
  onEdit: (id: string) => void
  onMove: (id: string, by: -1 | 1) => void
}

/** One example in few lines. Off screen it costs neither layout nor paint. */
export const ExampleRow = memo(function ExampleRow(props: ExampleRowProps) {
  const { example, names, isFixed, isFirst, isLast, keeper, onEdit, onMove } = props
  const { id, externalId, enabled } = example
  const nameOf = (label: string) => names.get(label) ?? 'a category that is not here'
  const name = `example ${externalId}`
  return (
    <SortableItem
      id={id}
      name={name}
      disabled={isFixed}
      className="rounded-lg bg-sunken [contain-intrinsic-size:auto_8rem] [content-visibility:auto]"
    >
      <div data-part={name} className="flex gap-2 p-2.5">
        <DragHandle />
        <div className="min-w-0 flex-1">
          <div className={cx(!enabled && 'opacity-60')}>
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[13px]">
              <span className="font-medium">{nameOf(example.labelId)}</span>
              {example.wrongLabelId ? (
                <span className="text-muted">not {nameOf(example.wrongLabelId)}</span>
              ) : null}
              <span className="font-mono text-muted text-xs">{externalId}</span>
              {enabled ? null : <Badge>off</Badge>}
              {example.flagged ? <Badge tone="warn">its review was changed</Badge> : null}
              <ExampleEffect exampleId={id} />
              <ExampleMark id={id} />
            </p>
            <p className="mt-1 line-clamp-2 break-words text-[13px]">
              {example.text.slice(0, EXCERPT)}
            </p>
            {example.explanation ? (
              <p className="mt-1 line-clamp-2 break-words text-[13px] text-muted">
                {example.explanation.slice(0, EXCERPT)}
              </p>
            ) : null}
          </div>
          <div className="mt-2 flex flex-wrap items-center gap-2">
            <Button size="sm" aria-label={`Edit ${name}`} onClick={() => onEdit(id)}>
              Edit
            </Button>
            <Button
              size="sm"
              variant="ghost"
              aria-label={`Remove ${name}`}
              onClick={() => keeper.perform({ do: 'removeExample', id })}
            >
              Remove
            </Button>
            <Checkbox
              label="In use"
              aria-label={`Use ${name}`}
              className="text-[13px]"
              checked={enabled}
              onChange={({ target }) =>
                keeper.perform({ do: 'changeExample', id, change: { enabled: target.checked } })
              }
            />
            {isFixed ? null : (
              <span className="ml-auto flex">
                <MoveButtons
                  name={name}
                  isFirst={isFirst}
                  isLast={isLast}
                  onMove={(by) => onMove(id, by)}
                />
              </span>
            )}
          </div>
        </div>
      </div>
    </SortableItem>
  )
})
