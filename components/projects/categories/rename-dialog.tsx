'use client'
import { useState } from 'react'
import { Checkbox, Field, Input, Textarea } from '@/components/ui/field'
import { ChangeDialog, type ChangeProps } from './change-dialog'
import { EffectLines } from './effect-lines'

/** Another name or another description; on request the cases that have it are asked again. */
export function RenameDialog({ project, category, onChange, ...dialog }: ChangeProps) {
  const [name, setName] = useState(category.name)
  const [description, setDescription] = useState(category.description)
  const [askAgain, setAskAgain] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [id] = useState(() => crypto.randomUUID())

  function submit() {
    if (name.trim() === '') return setProblem('Give it a name.')
    setProblem(null)
    onChange({ kind: 'rename', id, categoryId: category.id, name, description, askAgain })
  }

  return (
    <ChangeDialog
      {...dialog}
      title={`Rename “${category.name}”`}
      description="It stays the same one: its labels go with it. They remember the words they were given under."
      action="Rename"
      problem={problem}
      onSubmit={submit}
    >
      <Field label="Name">
        {(field) => (
          <Input
            id={field}
            data-first-focus
            value={name}
            maxLength={80}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label="Description" hint="Reviewers and the model read this.">
        {(field) => (
          <Textarea
            id={field}
            value={description}
            maxLength={2000}
            onChange={(event) => setDescription(event.target.value)}
          />
        )}
      </Field>
      <Checkbox
        label="Its meaning has changed too: ask again about the cases that have it"
        checked={askAgain}
        onChange={(event) => setAskAgain(event.target.checked)}
      />
      {askAgain ? (
        <EffectLines project={project.slug} ids={[category.id]} again into={null} stays />
      ) : null}
    </ChangeDialog>
  )
}
