'use client'
import { Plus, Trash2 } from 'lucide-react'
import { useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Checkbox, Input, Textarea } from '@/components/ui/field'
import { ChangeDialog, type ChangeProps } from './change-dialog'
import { EffectLines } from './effect-lines'

type Part = { rowKey: string; name: string; description: string }

const emptyPart = (): Part => ({ rowKey: crypto.randomUUID(), name: '', description: '' })

/** Two or more in place of one; the first may go on as the old one. */
export function SplitDialog({ project, category, onChange, ...dialog }: ChangeProps) {
  const [parts, setParts] = useState<Part[]>(() => [
    { ...emptyPart(), name: category.name, description: category.description },
    emptyPart(),
  ])
  const [keeps, setKeeps] = useState(true)
  const [problem, setProblem] = useState<string | null>(null)
  const [id] = useState(() => crypto.randomUUID())
  const word = project.categoryWord

  const change = (at: number, part: Partial<Part>) =>
    setParts(parts.map((one, index) => (index === at ? { ...one, ...part } : one)))

  function submit() {
    if (parts.some(({ name }) => name.trim() === '')) return setProblem('Give each of them a name.')
    setProblem(null)
    const into = parts.map(({ name, description }, at) => ({
      ...{ name, description, keeps: keeps && at === 0 },
    }))
    onChange({ kind: 'split', id, categoryId: category.id, into })
  }

  return (
    <ChangeDialog
      {...dialog}
      title={`Split “${category.name}”`}
      description="Its cases are labelled afresh, as nobody knows yet which part each belongs to."
      action="Split"
      problem={problem}
      onSubmit={submit}
    >
      <ol className="grid gap-2">
        {parts.map((part, at) => (
          <PartRow
            key={part.rowKey}
            part={part}
            nth={at + 1}
            word={word}
            onChange={(changed) => change(at, changed)}
            onRemove={
              parts.length > 2
                ? () => setParts(parts.filter((_, index) => index !== at))
                : undefined
            }
          />
        ))}
      </ol>
      <div>
        <Button size="sm" onClick={() => setParts([...parts, emptyPart()])}>
          <Plus aria-hidden />
          Add another
        </Button>
      </div>
      <Checkbox
        label={`Part 1 goes on as the old ${word}`}
        hint="It keeps its key in files and downloads. Otherwise all of them are new."
        checked={keeps}
        onChange={(event) => setKeeps(event.target.checked)}
      />
      <EffectLines project={project.slug} ids={[category.id]} again into={null} stays={keeps} />
    </ChangeDialog>
  )
}

type PartRowProps = {
  part: Part
  nth: number
  word: string
  onChange: (part: Partial<Part>) => void
  onRemove?: (() => void) | undefined
}

function PartRow({ part, nth, word, onChange, onRemove }: PartRowProps) {
  const id = useId()
  return (
    <li className="flex gap-2 rounded-lg bg-sunken p-2">
      <span className="w-5 pt-2 text-right text-muted tabular-nums">{nth}</span>
      <div className="grid min-w-0 flex-1 gap-1.5">
        <Input
          id={`${id}-name`}
          data-first-focus={nth === 1 ? true : undefined}
          aria-label={`Name of part ${nth}`}
          placeholder="Name"
          value={part.name}
          maxLength={80}
          onChange={(event) => onChange({ name: event.target.value })}
        />
        <Textarea
          aria-label={`Description of part ${nth}`}
          placeholder={`When does this ${word} fit?`}
          value={part.description}
          maxLength={2000}
          className="min-h-14"
          onChange={(event) => onChange({ description: event.target.value })}
        />
      </div>
      {onRemove ? (
        <Button size="sm" variant="ghost" aria-label={`Remove part ${nth}`} onClick={onRemove}>
          <Trash2 aria-hidden />
        </Button>
      ) : null}
    </li>
  )
}
