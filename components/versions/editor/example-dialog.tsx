'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { EXAMPLE_FIELDS } from '@/lib/versions/drafts/steps/rules'
import type { ExampleView, VersionCategory } from '@/lib/versions/schema'
import type { DraftKeeper } from './draft-keeper'
import { ExampleFields, type ExampleInput } from './example-fields'
import { TheirExample } from './their-example'
import { useExampleInput } from './use-example-input'

type ExampleDialogProps = {
  project: string
  id: string
  /** Null: someone removed it meanwhile. */
  example: ExampleView | null
  categories: VersionCategory[]
  keeper: DraftKeeper
  /** What was written when the dialog was left without saving, and is taken up again. */
  start: ExampleInput | null
  /** With what was written and not saved; null where nothing is lost. */
  onClose: (left: ExampleInput | null) => void
}

/** The dialog holds its own copy: what someone else does to the example meanwhile is told, not mixed in. */
export function ExampleDialog(props: ExampleDialogProps) {
  const { project, example, categories, keeper, start, onClose } = props
  const [opened, setOpened] = useState(example)
  const input = useExampleInput(start ?? toInput(example))
  const { value, setValue, textError } = input
  if (!opened) return null
  const isChanged = !isSameInput(value, toInput(opened))
  const isTheirs = example === null || !isSameInput(toInput(example), toInput(opened))
  // Nothing of one's own is at stake: theirs is taken over.
  if (isTheirs && !isChanged && example) {
    setOpened(example)
    setValue(toInput(example))
  }
  function save() {
    const change = input.check()
    if (!change || !opened) return
    if (example) keeper.perform({ do: 'changeExample', id: opened.id, change })
    else keeper.perform({ do: 'addExample', example: { ...opened, ...change } })
    onClose(null)
  }
  const leave = () => onClose(isChanged ? value : null)
  return (
    <Dialog
      open
      onOpenChange={leave}
      className="max-w-3xl"
      title={`Example from ${opened.externalId}`}
      description={opened.subject}
      footer={
        <>
          <Button onClick={leave}>Cancel</Button>
          <Button variant="primary" onClick={save}>
            {isTheirs && isChanged ? 'Save mine' : 'Save'}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {isTheirs && (isChanged || !example) ? (
          <TheirExample
            example={example}
            onTake={() => {
              if (!example) return onClose(null)
              setOpened(example)
              setValue(toInput(example))
            }}
          />
        ) : null}
        <ExampleFields
          project={project}
          caseId={opened.caseId}
          value={value}
          categories={categories}
          textError={textError}
          onChange={setValue}
        />
      </div>
    </Dialog>
  )
}

function toInput(example: ExampleView | null): ExampleInput {
  const { kind, text, labelId, wrongLabelId, explanation } = example ?? NOTHING
  return { kind, text, labelId, wrongLabelId, explanation }
}

const NOTHING: ExampleInput = {
  kind: 'good',
  text: '',
  labelId: '',
  wrongLabelId: null,
  explanation: '',
}

const isSameInput = (a: ExampleInput, b: ExampleInput): boolean =>
  EXAMPLE_FIELDS.every((field) => field === 'enabled' || a[field] === b[field])
