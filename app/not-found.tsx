import type { Metadata } from 'next'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <main id="main" className="mx-auto w-full max-w-xl px-4 py-24">
      <h1 className="sr-only">Not found</h1>
      <Empty
        title="There is no such page for you"
        action={
          <Button asChild variant="primary">
            <Link prefetch={false} href="/">
              To your projects
            </Link>
          </Button>
        }
      >
        The address may be wrong, or it belongs to a project that you are not a member of. If you
        should be, ask an admin or a manager of the project.
      </Empty>
    </main>
  )
}
