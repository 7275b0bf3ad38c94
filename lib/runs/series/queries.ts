import { infiniteQueryOptions } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import { isEnded } from '../rules'
import type { SeriesView } from './schema'

const POLL_MS = 3_000

/** Asks again while one of the runs is at work. */
export const seriesQuery = (slug: string, runId: string) =>
  infiniteQueryOptions({
    queryKey: ['projects', slug, 'runs', runId, 'series'],
    queryFn: ({ pageParam }) =>
      api.get<SeriesView>(
        `/api/projects/${slug}/runs/${runId}/series${pageParam ? `?after=${pageParam}` : ''}`,
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state }) =>
      state.data?.pages[0]?.runs.some(({ status }) => !isEnded(status)) ? POLL_MS : false,
  })
