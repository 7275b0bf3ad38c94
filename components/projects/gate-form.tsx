'use client'
import { type FormEvent, useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Checkbox, Field, Input } from '@/components/ui/field'
import { showError } from '@/components/ui/show-error'
import { readNumber } from '@/lib/platform/numbers'
import { useChangeGateRule } from '@/lib/versions/gate/queries'
import { type GateRule, gateRule } from '@/lib/versions/gate/schema'

type NumberField = Exclude<keyof GateRule, 'twoRuns'>

const FIELDS: { key: NumberField; label: string; hint: (fewest: number) => string }[] = [
  {
    key: 'minGain',
    label: 'Smallest gain, in points',
    hint: () => '0: any gain over the best so far that is not chance.',
  },
  {
    key: 'maxCategoryLoss',
    label: 'Points a category may lose',
    hint: (fewest) => `Of categories with ${fewest} test cases or more. 100: any number.`,
  },
  {
    key: 'minCases',
    label: 'Fewest labelled test cases',
    hint: () => 'A test scores itself only from here.',
  },
]

/** Numbers are kept as the person typed them. */
type Form = Record<NumberField, string> & { twoRuns: boolean }

const asForm = ({ minGain, maxCategoryLoss, minCases, twoRuns }: GateRule): Form => ({
  minGain: String(minGain),
  maxCategoryLoss: String(maxCategoryLoss),
  minCases: String(minCases),
  twoRuns,
})

type GateFormProps = { project: string; rule: GateRule; minCategoryCases: number }

/** What a tested version must show before it is released without a manager's word. */
export function GateForm({ project, rule, minCategoryCases }: GateFormProps) {
  const [form, setForm] = useState(() => asForm(rule))
  const [problems, setProblems] = useState<Record<string, string>>({})
  const change = useChangeGateRule(project)

  function submit(event: FormEvent) {
    event.preventDefault()
    const parsed = gateRule.safeParse({
      minGain: readNumber(form.minGain),
      maxCategoryLoss: readNumber(form.maxCategoryLoss),
      minCases: readNumber(form.minCases),
      twoRuns: form.twoRuns,
    })
    if (!parsed.success) {
      const { issues } = parsed.error
      setProblems(Object.fromEntries(issues.map(({ path, message }) => [String(path[0]), message])))
      return
    }
    setProblems({})
    change.mutate(parsed.data, {
      onSuccess: () => toast.success('Saved: it holds from the next test on'),
      onError: showError,
    })
  }

  return (
    <Card
      title="Release gate"
      description="What a version must show on the locked test pool before it is released. Its gain must also be rare between equal versions. What fails is released by a manager only, with a written reason."
    >
      <form onSubmit={submit} className="grid gap-4 sm:grid-cols-3" noValidate>
        {FIELDS.map(({ key, label, hint }) => (
          <Field key={key} label={label} hint={hint(minCategoryCases)} error={problems[key]}>
            {(id) => (
              <Input
                id={id}
                inputMode="decimal"
                value={form[key]}
                onChange={(event) => setForm({ ...form, [key]: event.target.value })}
              />
            )}
          </Field>
        ))}
        <Checkbox
          label="Two runs"
          hint="The test pool is labelled twice in the same way, and both runs must pass. It costs twice as much."
          className="sm:col-span-3"
          checked={form.twoRuns}
          onChange={(event) => setForm({ ...form, twoRuns: event.target.checked })}
        />
        <div className="flex justify-end sm:col-span-3">
          <Button type="submit" variant="primary" busy={change.isPending}>
            Save the gate
          </Button>
        </div>
      </form>
    </Card>
  )
}
