'use client'
import { type FormEvent, useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Field, Input, Textarea } from '@/components/ui/field'
import { showError } from '@/components/ui/show-error'
import { readNumber } from '@/lib/platform/numbers'
import { useChangeProject } from '@/lib/projects/queries'
import { type ProjectView, projectChange } from '@/lib/projects/schema'

/** Number fields are kept as the person typed them. */
const asForm = (project: ProjectView) => ({
  name: project.name,
  description: project.description,
  categoryWord: project.categoryWord,
  targetAccuracy: String(Number((project.targetAccuracy * 100).toFixed(2))),
  targetPerCategory: String(project.targetPerCategory),
  reviewsWanted: String(project.reviewsWanted),
  minCategoryCases: String(project.minCategoryCases),
})

const FIELDS = [
  ['name', 'Name', undefined],
  ['categoryWord', 'What a label is called', 'For example: category, root cause, intent.'],
  ['targetAccuracy', 'Accuracy wanted, in %', 'The line on the accuracy page.'],
  ['targetPerCategory', 'Checked cases wanted of each', 'The goal of the training data.'],
  ['reviewsWanted', 'Reviews wanted of each case', 'Counts for every case without a final label.'],
  ['minCategoryCases', 'Fewest cases to judge a category', 'Below it: “too few to tell”.'],
] as const

export function TargetsForm({ project }: { project: ProjectView }) {
  const [form, setForm] = useState(() => asForm(project))
  const [problems, setProblems] = useState<Record<string, string>>({})
  const change = useChangeProject(project.slug)

  function submit(event: FormEvent) {
    event.preventDefault()
    const parsed = projectChange.safeParse({
      ...form,
      targetAccuracy: readNumber(form.targetAccuracy) / 100,
      targetPerCategory: readNumber(form.targetPerCategory),
      reviewsWanted: readNumber(form.reviewsWanted),
      minCategoryCases: readNumber(form.minCategoryCases),
    })
    if (!parsed.success) {
      setProblems(
        Object.fromEntries(
          parsed.error.issues.map((issue) => [String(issue.path[0]), issue.message]),
        ),
      )
      return
    }
    setProblems({})
    change.mutate(parsed.data, {
      onSuccess: () => toast.success('Settings saved'),
      onError: showError,
    })
  }

  return (
    <Card title="Project and targets">
      <form onSubmit={submit} className="grid gap-4 sm:grid-cols-2" noValidate>
        {FIELDS.map(([key, label, hint]) => (
          <Field key={key} label={label} hint={hint} error={problems[key]}>
            {(id) => (
              <Input
                id={id}
                value={form[key]}
                inputMode={key === 'name' || key === 'categoryWord' ? 'text' : 'decimal'}
                onChange={(event) => setForm({ ...form, [key]: event.target.value })}
              />
            )}
          </Field>
        ))}
        <Field label="Description" className="sm:col-span-2" error={problems.description}>
          {(id) => (
            <Textarea
              id={id}
              value={form.description}
              onChange={(event) => setForm({ ...form, description: event.target.value })}
            />
          )}
        </Field>
        <div className="flex justify-end sm:col-span-2">
          <Button type="submit" variant="primary" busy={change.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Card>
  )
}
