import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { count } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import type { RunOptions } from '@/lib/runs/schema'

type NoCasesProps = { project: string; options: Pick<RunOptions, 'cases' | 'waiting'> }

/** The chosen pool is empty: what can be done about it. */
export function NoCases({ project, options: { cases, waiting } }: NoCasesProps) {
  return (
    <Notice
      tone="warn"
      title="There are no cases in this pool"
      action={
        <Button asChild size="sm">
          <Link href={`/projects/${project}/imports`}>Import cases</Link>
        </Button>
      }
    >
      {waiting > 0
        ? `${count(waiting)} imported cases are still being sorted into pools: they will be here in a moment.`
        : cases.dev + cases.example > 0
          ? 'Choose the other pool, or import cases.'
          : 'Import cases first: they are sorted into pools by themselves.'}
    </Notice>
  )
}
