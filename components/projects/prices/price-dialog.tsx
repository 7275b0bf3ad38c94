'use client'
import { type FormEvent, useId, useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Input } from '@/components/ui/field'
import { day, money } from '@/components/ui/figures'
import { showError } from '@/components/ui/show-error'
import {
  explainWrong,
  formerPrice,
  readTyped,
  sayUsual,
  type TypedField,
  typePrice,
} from '@/lib/runs/prices/forms/rules'
import { useSetPrice } from '@/lib/runs/prices/queries'
import type { ModelPrices, PriceInput } from '@/lib/runs/prices/schema'

const FIELDS: { field: TypedField; label: string; hint?: string }[] = [
  { field: 'input', label: 'Input, $ per million tokens' },
  { field: 'output', label: 'Output, $ per million tokens' },
  { field: 'cacheWrite', label: 'Cache, written', hint: 'Empty: 1.25 times the input.' },
  { field: 'cacheRead', label: 'Cache, read', hint: 'Empty: a tenth of the input.' },
  { field: 'batchPercent', label: 'Batch job, % of that', hint: 'Bedrock usually takes 50.' },
]

type PriceDialogProps = { project: string; model: ModelPrices; onClose: () => void }

export function PriceDialog({ project, model, onClose }: PriceDialogProps) {
  const { modelId, price, listed } = model
  const [typed, setTyped] = useState(() => typePrice(price?.date ? price : null))
  const [tried, setTried] = useState(false)
  const change = useSetPrice(project)
  const formId = useId()
  const { price: read, wrong } = readTyped(typed)

  function save(next: PriceInput['price']) {
    change.mutate(
      { modelId, price: next },
      {
        onSuccess: () => {
          onClose()
          toast.success(next ? 'Set: it counts for what is begun from now on' : 'Taken away', {
            action: { label: 'Undo', onClick: () => change.mutate(undo, { onError: showError }) },
          })
        },
        onError: showError,
      },
    )
  }
  const undo = { modelId, price: formerPrice(price) }

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (read) save(read)
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Set a price"
      description={<span className="wrap-anywhere">{modelId}</span>}
      footer={
        <>
          {price?.own ? (
            <Button className="mr-auto" busy={change.isPending} onClick={() => save(null)}>
              {listed ? 'Back to the listed price' : 'Take it away'}
            </Button>
          ) : null}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" busy={change.isPending}>
            Set price
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="grid gap-4 sm:grid-cols-2" noValidate>
        {FIELDS.map(({ field, label, hint }) => (
          <Field
            key={field}
            label={label}
            hint={hint}
            error={tried && wrong.includes(field) ? explainWrong(field, typed[field]) : undefined}
          >
            {(id) => (
              <Input
                id={id}
                inputMode="decimal"
                data-first-focus={field === 'input' ? '' : undefined}
                placeholder={sayUsual(field, typed)}
                value={typed[field]}
                onChange={({ target }) => setTyped({ ...typed, [field]: target.value })}
              />
            )}
          </Field>
        ))}
      </form>
      {listed?.date ? (
        <p className="mt-4 text-[13px] text-muted">
          The table of {day(listed.date)} says {money(listed.input)} in and {money(listed.output)}{' '}
          out.
        </p>
      ) : null}
    </Dialog>
  )
}
