'use client'
import { useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { errorMessage } from '@/components/ui/error-message'
import { Notice } from '@/components/ui/notice'
import { useChangeCategories } from '@/lib/projects/queries'
import { categoriesChange, type ProjectView } from '@/lib/projects/schema'
import { CategoryDialogs } from './categories/category-dialogs'
import { CategoryMenu, type ChangeKind } from './categories/category-menu'
import { useCategoryChange } from './categories/use-category-change'
import { CategoryEditor, type EditedCategory, writtenRows } from './category-editor'
import { OlderLabels } from './older-labels'

const rowsOf = ({ categories }: ProjectView): EditedCategory[] =>
  categories.map(({ id, name, description }) => ({ rowKey: id, id, name, description }))

const saidBy = (rows: readonly EditedCategory[]): string =>
  JSON.stringify(writtenRows(rows).map(({ id, name, description }) => [id, name, description]))

export function CategoriesForm({ project }: { project: ProjectView }) {
  const saved = rowsOf(project)
  const [rows, setRows] = useState<EditedCategory[]>(saved)
  /** What the list started from: where the project has moved on, an untouched list follows. */
  const [base, setBase] = useState(saidBy(saved))
  const isTouched = saidBy(rows) !== base
  const hasMoved = saidBy(saved) !== base
  if (hasMoved && !isTouched) follow()
  const [problem, setProblem] = useState<string | null>(null)
  const save = useChangeCategories(project.slug)
  const change = useCategoryChange(project.slug)

  function follow() {
    setRows(saved)
    setBase(saidBy(saved))
  }

  function submit() {
    const parsed = categoriesChange.safeParse({
      categories: writtenRows(rows).map(({ id, name, description }) => ({ id, name, description })),
    })
    if (!parsed.success) {
      setProblem(parsed.error.issues[0]?.message ?? 'This is not valid.')
      return
    }
    setProblem(null)
    const sent = saidBy(rows)
    save.mutate(parsed.data, {
      onSuccess: () => {
        setBase(sent)
        toast.success('Categories saved')
      },
    })
  }

  function open(kind: ChangeKind, id: string | undefined) {
    const category = project.categories.find((one) => one.id === id)
    if (!category) return
    if (isTouched) setProblem('Save your changes of the list first.')
    else change.open({ kind, category })
  }

  return (
    <Card
      title="Categories"
      description="New drafts start from these. A version keeps the order and the descriptions it was frozen with."
    >
      <div className="grid gap-3">
        <CategoryEditor
          categories={rows}
          onChange={setRows}
          word={project.categoryWord}
          actions={({ id, name }) => (
            <CategoryMenu name={name} onSelect={(kind) => open(kind, id)} />
          )}
        />
        <OlderLabels project={project.slug} />
        {problem ? (
          <p role="alert" className="text-[13px] text-bad">
            {problem}
          </p>
        ) : null}
        {hasMoved && isTouched ? (
          <Notice
            title="The categories were changed meanwhile"
            action={
              <Button size="sm" onClick={follow}>
                Show them
              </Button>
            }
          >
            What you wrote here is not saved yet.
          </Notice>
        ) : null}
        {save.isError ? (
          <Notice tone="bad" title="The categories were not saved">
            {errorMessage(save.error)}
          </Notice>
        ) : null}
        <div className="flex justify-end">
          <Button variant="primary" busy={save.isPending} onClick={submit}>
            Save categories
          </Button>
        </div>
      </div>
      <CategoryDialogs project={project} change={change} />
    </Card>
  )
}
