'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import type { ExampleView, VersionCategory } from '@/lib/versions/schema'
import { ExampleFields, type ExampleInput } from './example-fields'
import type { Draft } from './use-draft'

type ExampleDialogProps = {
  example: ExampleView
  categories: VersionCategory[]
  run: Draft['run']
  onClose: () => void
}

export function ExampleDialog({ example, categories, run, onClose }: ExampleDialogProps) {
  const { kind, text, labelId, wrongLabelId, explanation } = example
  const [value, setValue] = useState<ExampleInput>({
    kind,
    text,
    labelId,
    wrongLabelId,
    explanation,
  })
  const [busy, setBusy] = useState(false)
  async function save() {
    setBusy(true)
    const saved = await run({ do: 'change', id: example.id, change: value })
    setBusy(false)
    if (saved) onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      className="max-w-3xl"
      title={`Example from ${example.externalId}`}
      description={example.subject}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={busy}
            disabled={value.text.trim() === ''}
            onClick={() => void save()}
          >
            Save
          </Button>
        </>
      }
    >
      <ExampleFields value={value} categories={categories} onChange={setValue} />
    </Dialog>
  )
}
