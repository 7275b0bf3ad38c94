'use client'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void }

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <div role="alert" className="mx-auto w-full max-w-xl px-4 py-24">
      <Empty
        title="This page could not be shown"
        action={
          <>
            <Button variant="primary" onClick={reset}>
              Try again
            </Button>
            <Button asChild>
              {/* A full load: what broke the page may still be in memory. */}
              <a href="/">To your projects</a>
            </Button>
          </>
        }
      >
        Something went wrong on the way. Everything that was saved before is still there.
        {error.digest ? ` If it happens again, tell an admin this number: ${error.digest}` : ''}
      </Empty>
    </div>
  )
}
