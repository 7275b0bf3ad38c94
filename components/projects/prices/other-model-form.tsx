'use client'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Field, Input } from '@/components/ui/field'
import { isModelId, NO_MODEL_ID } from '@/lib/runs/models/ids/rules'
import type { PricesView } from '@/lib/runs/prices/schema'
import { PriceDialog } from './price-dialog'

type OtherModelFormProps = { project: string; view: PricesView }

/** The price of a model that no version names yet: for an estimate before it is tried. */
export function OtherModelForm({ project, view }: OtherModelFormProps) {
  const [text, setText] = useState('')
  const [open, setOpen] = useState<string | null>(null)
  const [tried, setTried] = useState(false)
  const modelId = text.trim()
  const wrong = tried && !isModelId(modelId)

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (isModelId(modelId)) setOpen(modelId)
  }

  return (
    <Card title="Another model" description="Before a version names it, for an estimate.">
      <form onSubmit={submit} className="flex flex-wrap items-start gap-3">
        <Field label="Model id" error={wrong ? NO_MODEL_ID : undefined} className="w-96 max-w-full">
          {(id) => (
            <Input
              id={id}
              placeholder="eu.anthropic.claude-…"
              maxLength={2_048}
              value={text}
              onChange={({ target }) => setText(target.value)}
            />
          )}
        </Field>
        <Button type="submit" className="mt-6.5" disabled={modelId === ''}>
          Set its price
        </Button>
      </form>
      {open === null ? null : (
        <PriceDialog
          key={open}
          project={project}
          model={
            view.models.find((one) => one.modelId === open) ?? {
              ...{ modelId: open, price: null, listed: null, setBy: null },
            }
          }
          onClose={() => {
            setOpen(null)
            setText('')
            setTried(false)
          }}
        />
      )}
    </Card>
  )
}
