'use client'
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { type ClipboardEvent, type ReactNode, useId, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { Input, Textarea } from '@/components/ui/field'
import { readCategoryLines } from '@/lib/projects/rules'

export type EditedCategory = {
  /** For React and for the focus; not the category's id. */
  rowKey: string
  id?: string
  name: string
  description: string
}

export const emptyCategory = (): EditedCategory => ({
  rowKey: crypto.randomUUID(),
  name: '',
  description: '',
})

/** Without the rows in which nothing was written. */
export const writtenRows = (rows: readonly EditedCategory[]): EditedCategory[] =>
  rows.filter(({ id, name, description }) => id || name.trim() || description.trim())

type CategoryEditorProps = {
  categories: EditedCategory[]
  onChange: (categories: EditedCategory[]) => void
  /** What the project calls a category. */
  word: string
  /** For one that exists already, in place of the button that takes its row out. */
  actions?: (category: EditedCategory) => ReactNode
}

/** Names, descriptions and order. The order matters: the first one that fits is taken. */
export function CategoryEditor({ categories, onChange, word, actions }: CategoryEditorProps) {
  const list = useRef<HTMLOListElement>(null)
  const id = useId()

  const change = (at: number, part: Partial<EditedCategory>) =>
    onChange(categories.map((row, index) => (index === at ? { ...row, ...part } : row)))

  function move(from: number, to: number) {
    const rows = [...categories]
    const [row] = rows.splice(from, 1)
    if (row) rows.splice(to, 0, row)
    onChange(rows)
  }

  /** A list that is pasted into a name makes a category of each line. */
  function paste(event: ClipboardEvent, at: number) {
    const lines = readCategoryLines(event.clipboardData.getData('text/plain'))
    if (lines.length < 2) return
    event.preventDefault()
    const rows = lines.map((line) => ({ ...emptyCategory(), ...line }))
    const isEmpty = writtenRows(categories.slice(at, at + 1)).length === 0
    const after = writtenRows(categories.slice(at + 1))
    onChange([...categories.slice(0, isEmpty ? at : at + 1), ...rows, ...after])
  }

  function add() {
    onChange([...categories, emptyCategory()])
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus(),
    )
  }

  return (
    <div className="grid gap-3">
      <ol ref={list} className="grid gap-2">
        {categories.map((row, at) => {
          const name = row.name || `${word} ${at + 1}`
          return (
            <li key={row.rowKey} className="flex gap-2 rounded-lg bg-sunken p-2">
              <span className="w-5 pt-2 text-right text-muted tabular-nums">{at + 1}</span>
              <div className="grid min-w-0 flex-1 gap-1.5">
                <Input
                  id={`${id}-${row.rowKey}`}
                  aria-label={`Name of ${word} ${at + 1}`}
                  placeholder="Name"
                  value={row.name}
                  maxLength={80}
                  onPaste={(event) => paste(event, at)}
                  onChange={(event) => change(at, { name: event.target.value })}
                />
                <Textarea
                  aria-label={`Description of ${name}`}
                  placeholder="When does it fit? Reviewers and the model read this."
                  value={row.description}
                  maxLength={2000}
                  className="min-h-14"
                  onChange={(event) => change(at, { description: event.target.value })}
                />
              </div>
              <div className="flex flex-col">
                <Button
                  size="sm"
                  variant="ghost"
                  aria-label={`Move ${name} up`}
                  disabled={at === 0}
                  onClick={() => move(at, at - 1)}
                >
                  <ArrowUp className="size-4" aria-hidden />
                </Button>
                <Button
                  size="sm"
                  variant="ghost"
                  aria-label={`Move ${name} down`}
                  disabled={at === categories.length - 1}
                  onClick={() => move(at, at + 1)}
                >
                  <ArrowDown className="size-4" aria-hidden />
                </Button>
                {row.id && actions ? (
                  actions(row)
                ) : (
                  <Button
                    size="sm"
                    variant="ghost"
                    aria-label={`Remove ${name}`}
                    disabled={categories.length <= 2}
                    onClick={() => onChange(categories.filter((_, index) => index !== at))}
                  >
                    <Trash2 className="size-4" aria-hidden />
                  </Button>
                )}
              </div>
            </li>
          )
        })}
      </ol>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button type="button" size="sm" onClick={add}>
          <Plus className="size-4" aria-hidden />
          Add a {word}
        </Button>
        <span className="text-[13px] text-muted">
          Many? Paste a list into a name: one a line, descriptions after a tab.
        </span>
      </div>
    </div>
  )
}
