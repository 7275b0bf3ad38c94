import { type DehydratedState, dehydrate, QueryClient, type QueryKey } from '@tanstack/react-query'

/** One query of a page with the read that answers it on the server. */
export type Prefetched = { query: { queryKey: QueryKey }; read: () => Promise<unknown> }

/** Reads everything a page shows at first, so that it comes filled. */
export async function prefetch(...reads: Prefetched[]): Promise<DehydratedState> {
  const client = new QueryClient()
  await Promise.all(
    reads.map(({ query, read }) =>
      client.fetchQuery({ queryKey: query.queryKey, queryFn: read, staleTime: 0 }),
    ),
  )
  return dehydrate(client)
}
