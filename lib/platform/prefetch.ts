import { type DehydratedState, dehydrate, QueryClient, type QueryKey } from '@tanstack/react-query'
import { notFound as showNotFound } from 'next/navigation'
import { AppError } from './errors'

/** One query of a page with the read that answers it on the server. */
export type Prefetched = { query: { queryKey: QueryKey }; read: () => Promise<unknown> }

/** Reads everything a page shows at first, so that it comes filled; what is not there is a 404 page. */
export async function prefetch(...reads: Prefetched[]): Promise<DehydratedState> {
  const client = new QueryClient()
  try {
    await Promise.all(
      reads.map(({ query, read }) =>
        client.fetchQuery({ queryKey: query.queryKey, queryFn: read, staleTime: 0, retry: false }),
      ),
    )
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') showNotFound()
    throw error
  }
  return dehydrate(client)
}
