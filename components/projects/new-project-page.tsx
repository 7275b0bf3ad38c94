'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useRef, useState } from 'react'
import { Page } from '@/components/layout/page'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { errorMessage } from '@/components/ui/error-message'
import { Field, Input, Textarea } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { useCreateProject } from '@/lib/projects/queries'
import { newProject } from '@/lib/projects/schema'
import { CategoryEditor, emptyCategory, writtenRows } from './category-editor'

/** A problem of one category says which. */
function tell({ path, message }: { path: PropertyKey[]; message: string }): string {
  const [field, at] = path
  return field === 'categories' && typeof at === 'number' ? `No. ${at + 1}: ${message}` : message
}

export function NewProjectPage() {
  const router = useRouter()
  const create = useCreateProject()
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const [word, setWord] = useState('category')
  const [accuracy, setAccuracy] = useState('90')
  const [perCategory, setPerCategory] = useState('3000')
  const [categories, setCategories] = useState(() => [emptyCategory(), emptyCategory()])
  const [problems, setProblems] = useState<Record<string, string>>({})
  const form = useRef<HTMLFormElement>(null)

  function submit(event: FormEvent) {
    event.preventDefault()
    const input = newProject.safeParse({
      name,
      description,
      categoryWord: word,
      targetAccuracy: Number(accuracy) / 100,
      targetPerCategory: Number(perCategory),
      categories: writtenRows(categories).map((row) => ({
        name: row.name,
        description: row.description,
      })),
    })
    if (!input.success) {
      // The first of each field stands: what follows is often a consequence of it.
      setProblems(
        Object.fromEntries(
          input.error.issues.toReversed().map((issue) => [String(issue.path[0]), tell(issue)]),
        ),
      )
      requestAnimationFrame(() =>
        form.current?.querySelector<HTMLElement>('[aria-invalid=true], [role=alert]')?.focus(),
      )
      return
    }
    setProblems({})
    create.mutate(input.data, {
      onSuccess: ({ slug }) => router.push(`/projects/${slug}/imports`),
    })
  }

  return (
    <Page
      title="New project"
      description="One labelling task: its categories, its targets, its cases. All of it can be changed later."
      width="narrow"
    >
      <form ref={form} onSubmit={submit} className="grid gap-4" noValidate>
        <Card title="What is it about?">
          <div className="grid gap-4">
            <Field label="Name" error={problems.name}>
              {(id) => (
                <Input id={id} value={name} onChange={(event) => setName(event.target.value)} />
              )}
            </Field>
            <Field
              label="Description"
              hint="A sentence or two. The first draft of the prompt starts from it."
              error={problems.description}
            >
              {(id) => (
                <Textarea
                  id={id}
                  value={description}
                  onChange={(event) => setDescription(event.target.value)}
                />
              )}
            </Field>
          </div>
        </Card>
        <Card
          title="Categories"
          description="In order, specific before general: the first one that fits is taken."
        >
          <div className="grid gap-4">
            <Field
              label="What do you call one?"
              hint="For example: category, root cause, intent."
              error={problems.categoryWord}
            >
              {(id) => (
                <Input id={id} value={word} onChange={(event) => setWord(event.target.value)} />
              )}
            </Field>
            <CategoryEditor
              categories={categories}
              onChange={setCategories}
              word={word || 'category'}
            />
            {problems.categories ? (
              <p role="alert" tabIndex={-1} className="text-[13px] text-bad">
                {problems.categories}
              </p>
            ) : null}
          </div>
        </Card>
        <Card title="Targets">
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Accuracy wanted, in %" error={problems.targetAccuracy}>
              {(id) => (
                <Input
                  id={id}
                  inputMode="decimal"
                  value={accuracy}
                  onChange={(event) => setAccuracy(event.target.value)}
                />
              )}
            </Field>
            <Field label="Checked cases wanted of each" error={problems.targetPerCategory}>
              {(id) => (
                <Input
                  id={id}
                  inputMode="numeric"
                  value={perCategory}
                  onChange={(event) => setPerCategory(event.target.value)}
                />
              )}
            </Field>
          </div>
        </Card>
        {create.isError ? (
          <Notice tone="bad" title="The project was not made">
            {errorMessage(create.error)}
          </Notice>
        ) : null}
        <div className="flex justify-end">
          <Button type="submit" variant="primary" busy={create.isPending}>
            Create project
          </Button>
        </div>
      </form>
    </Page>
  )
}
