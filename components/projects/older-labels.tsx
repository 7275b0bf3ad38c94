'use client'
import { useQuery } from '@tanstack/react-query'
import { categoryUseQuery } from '@/lib/projects/categories/queries'

/** How many labels were given when their category was worded otherwise. Nothing while there are none. */
export function OlderLabels({ project }: { project: string }) {
  const use = useQuery(categoryUseQuery(project))
  const older = (use.data ?? []).reduce((sum, one) => sum + one.older, 0)
  if (older === 0) return null
  return (
    <p className="text-[13px] text-muted">
      <span className="text-ink tabular-nums">{older.toLocaleString('en-US')}</span>{' '}
      {older === 1 ? 'label was' : 'labels were'} given under an older definition. Each says so on
      the page of its case and in downloads.
    </p>
  )
}
