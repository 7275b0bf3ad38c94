'use client'
import { useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { errorMessage } from '@/components/ui/error-message'
import { Notice } from '@/components/ui/notice'
import { useChangeCategories } from '@/lib/projects/queries'
import { categoriesChange, type ProjectView } from '@/lib/projects/schema'
import { CategoryEditor, type EditedCategory, writtenRows } from './category-editor'
import { OlderLabels } from './older-labels'

export function CategoriesForm({ project }: { project: ProjectView }) {
  const [rows, setRows] = useState<EditedCategory[]>(() =>
    project.categories.map(({ id, name, description }) => ({
      rowKey: id,
      id,
      name,
      description,
    })),
  )
  const [problem, setProblem] = useState<string | null>(null)
  const change = useChangeCategories(project.slug)

  function save() {
    const parsed = categoriesChange.safeParse({
      categories: writtenRows(rows).map(({ id, name, description }) => ({ id, name, description })),
    })
    if (!parsed.success) {
      setProblem(parsed.error.issues[0]?.message ?? 'This is not valid.')
      return
    }
    setProblem(null)
    change.mutate(parsed.data, { onSuccess: () => toast.success('Categories saved') })
  }

  return (
    <Card
      title="Categories"
      description="New drafts start from these. A version keeps the order and the descriptions it was frozen with."
    >
      <div className="grid gap-3">
        <CategoryEditor categories={rows} onChange={setRows} word={project.categoryWord} />
        <OlderLabels project={project.slug} />
        {problem ? (
          <p role="alert" className="text-[13px] text-bad">
            {problem}
          </p>
        ) : null}
        {change.isError ? (
          <Notice tone="bad" title="The categories were not saved">
            {errorMessage(change.error)}
          </Notice>
        ) : null}
        <div className="flex justify-end">
          <Button variant="primary" busy={change.isPending} onClick={save}>
            Save categories
          </Button>
        </div>
      </div>
    </Card>
  )
}
