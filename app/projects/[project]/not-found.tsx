import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'

export default function NotFound() {
  return (
    <div className="mx-auto w-full max-w-xl px-4 py-24">
      <h1 className="sr-only">Not found</h1>
      <Empty
        title="There is no such page for you in this project"
        action={
          <Button asChild variant="primary">
            <Link prefetch={false} href="/">
              To your work
            </Link>
          </Button>
        }
      >
        The address may be wrong, what it showed may be gone, or your role in this project does not
        include it. If it should, ask a manager of the project.
      </Empty>
    </div>
  )
}
