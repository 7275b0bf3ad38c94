'use client'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Button } from './button'
import { errorMessage } from './error-message'
import { Notice } from './notice'
import { Skeleton } from './skeleton'

type LoadedProps<T> = { query: UseQueryResult<T>; children: (data: T) => ReactNode }

/** Shows what a query has; while it waits, or when it failed, that, in one way everywhere. */
export function Loaded<T>({ query, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data)
  if (query.isError) return <NotLoaded query={query} />
  return (
    <div role="status" aria-label="Loading" className="grid gap-3 py-2">
      <Skeleton className="w-2/5" />
      <Skeleton className="w-4/5" />
      <Skeleton className="w-3/5" />
    </div>
  )
}

export type FailingQuery = Pick<UseQueryResult<unknown>, 'error' | 'isFetching'> & {
  refetch: () => Promise<unknown>
}

/** Says why, and tries again when asked to. */
export function NotLoaded({
  query,
  title = 'This could not be loaded',
}: {
  query: FailingQuery
  title?: string
}) {
  return (
    <Notice
      tone="bad"
      title={title}
      action={
        <Button size="sm" busy={query.isFetching} onClick={() => void query.refetch()}>
          Try again
        </Button>
      }
    >
      {errorMessage(query.error)}
    </Notice>
  )
}
