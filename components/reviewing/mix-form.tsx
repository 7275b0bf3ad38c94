'use client'
import { type FormEvent, useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Checkbox, Field, Input } from '@/components/ui/field'
import { showError } from '@/components/ui/show-error'
import { useChangeReviewSettings } from '@/lib/reviews/settings/queries'
import { type ReviewSettings, reviewSettings } from '@/lib/reviews/settings/schema'
import { MixLine } from './mix-line'
import { LIMITS, type NumberField, SHARES } from './settings-fields'

/** Numbers are kept as the person typed them. */
type Form = Record<NumberField, string> & { checkFeedback: boolean }

const FIELDS = [...SHARES, ...LIMITS]

const asForm = (settings: ReviewSettings): Form => ({
  ...(Object.fromEntries(FIELDS.map(({ key }) => [key, String(settings[key])])) as Record<
    NumberField,
    string
  >),
  checkFeedback: settings.checkFeedback,
})

/** An empty field is no zero. */
const toNumber = (text: string) => (text.trim() === '' ? Number.NaN : Number(text))

const asSettings = (form: Form) => ({
  ...(Object.fromEntries(FIELDS.map(({ key }) => [key, toNumber(form[key])])) as Record<
    NumberField,
    number
  >),
  checkFeedback: form.checkFeedback,
})

export function MixForm({ project, settings }: { project: string; settings: ReviewSettings }) {
  const [form, setForm] = useState(() => asForm(settings))
  const [problems, setProblems] = useState<Record<string, string>>({})
  const change = useChangeReviewSettings(project)

  function submit(event: FormEvent) {
    event.preventDefault()
    const parsed = reviewSettings.safeParse(asSettings(form))
    if (!parsed.success) {
      const { issues } = parsed.error
      setProblems(Object.fromEntries(issues.map(({ path, message }) => [String(path[0]), message])))
      return
    }
    setProblems({})
    change.mutate(parsed.data, {
      onSuccess: () => toast.success('Saved: it holds from the next case on'),
      onError: showError,
    })
  }

  const numberField = ({ key, label, hint }: (typeof FIELDS)[number]) => (
    <Field key={key} label={label} hint={hint} error={problems[key]}>
      {(id) => (
        <Input
          id={id}
          inputMode="numeric"
          className="w-24"
          value={form[key]}
          onChange={(event) => setForm({ ...form, [key]: event.target.value })}
        />
      )}
    </Field>
  )

  // Said again beside the button, which may be far from the field.
  const [firstProblem] = Object.values(problems)
  return (
    <Card
      title="What reviewers get next"
      description="Five numbers that add up to 100. Where one kind has run out, its place goes to the next."
    >
      <form onSubmit={submit} className="grid gap-5" noValidate>
        <div className="grid gap-4 sm:grid-cols-2">{SHARES.map(numberField)}</div>
        <MixLine mix={asSettings(form)} />
        <div className="grid gap-4 border-line border-t pt-5 sm:grid-cols-2">
          <Checkbox
            label="Show the known answer after a check case"
            hint="People learn from it. Without it they only learn how many check cases there are."
            className="sm:col-span-2"
            checked={form.checkFeedback}
            onChange={(event) => setForm({ ...form, checkFeedback: event.target.checked })}
          />
          {LIMITS.map(numberField)}
        </div>
        <div className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2">
          {firstProblem ? (
            <p role="alert" className="text-[13px] text-bad">
              {firstProblem}
            </p>
          ) : null}
          <Button type="submit" variant="primary" busy={change.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Card>
  )
}
