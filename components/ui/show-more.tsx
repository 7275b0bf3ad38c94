import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Button, type ButtonProps } from './button'

export type PagedQuery = Pick<
  UseInfiniteQueryResult<unknown>,
  'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'
>

type ShowMoreProps = Pick<ButtonProps, 'size' | 'className'> & {
  query: PagedQuery
  children?: ReactNode
}

/** Fetches the next page of a list; absent when everything is there. */
export function ShowMore({ query, children = 'Show more', ...looks }: ShowMoreProps) {
  if (!query.hasNextPage) return null
  return (
    <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()} {...looks}>
      {children}
    </Button>
  )
}
