'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { Page } from '@/components/layout/page'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { errorMessage } from '@/components/ui/error-message'
import { Field, Input, Textarea } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { useCreateProject } from '@/lib/projects/queries'
import { newProject } from '@/lib/projects/schema'
import { CategoryEditor, emptyCategory } from './category-editor'

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

  function submit(event: FormEvent) {
    event.preventDefault()
    const input = newProject.safeParse({
      name,
      description,
      categoryWord: word,
      targetAccuracy: Number(accuracy) / 100,
      targetPerCategory: Number(perCategory),
      categories: categories.map((row) => ({ name: row.name, description: row.description })),
    })
    if (!input.success) {
      setProblems(
        Object.fromEntries(
          input.error.issues.map((issue) => [String(issue.path[0]), issue.message]),
        ),
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
      <form onSubmit={submit} className="grid gap-4" noValidate>
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
              <p role="alert" className="text-[13px] text-bad">
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
