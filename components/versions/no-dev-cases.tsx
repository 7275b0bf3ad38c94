import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'

/** Nothing can be tried without cases. */
export function NoDevCases({ project }: { project: string }) {
  return (
    <Notice
      tone="warn"
      title="There are no cases in the dev pool yet"
      action={
        <Button asChild size="sm">
          <Link href={`/projects/${project}/imports`}>Import cases</Link>
        </Button>
      }
    >
      Import cases first: a fifth of them goes to dev.
    </Notice>
  )
}
