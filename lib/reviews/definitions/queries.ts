import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import type { ShownExample } from './examples/schema'
import type { Definition } from './schema'

/** They change with a release: asked for again when the page is opened again. */
export const definitionsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'review', 'definitions'],
    queryFn: () => api.get<Definition[]>(`/api/projects/${slug}/review/definitions`),
    staleTime: 60_000,
  })

/** Asked for when someone looks at the definitions. */
export const shownExamplesQuery = (slug: string) =>
  queryOptions({
    queryKey: ['projects', slug, 'review', 'examples'],
    queryFn: () => api.get<ShownExample[]>(`/api/projects/${slug}/review/definitions/examples`),
    staleTime: 60_000,
  })
