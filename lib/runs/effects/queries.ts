import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import { versionsKey, versionsPath } from '@/lib/versions/queries'
import { isEnded } from '../rules'
import type {
  EffectCasePage,
  EffectEstimate,
  EffectSide,
  EffectsView,
  StartEffectsInput,
  StartedStudy,
} from './schema'

/** A part takes longer than this: sooner there is nothing new but a few answers. */
const POLL_MS = 3_000

const path = (slug: string, ref: string) => `${versionsPath(slug)}/${ref}/effects`

/** Asks again every few seconds while a study is at work. */
export const effectsQuery = (slug: string, ref: string) =>
  queryOptions({
    queryKey: [...versionsKey(slug), ref, 'effects'],
    queryFn: () => api.get<EffectsView>(path(slug, ref)),
    refetchInterval: ({ state }) =>
      state.data?.study && !isEnded(state.data.study.status) ? POLL_MS : false,
  })

export const effectEstimateQuery = (
  slug: string,
  ref: string,
  { unit, limit }: StartEffectsInput,
) =>
  queryOptions({
    queryKey: [...versionsKey(slug), ref, 'effects', 'estimate', unit, limit],
    queryFn: () => {
      const query = new URLSearchParams({ unit, limit: String(limit ?? 'all') })
      return api.get<EffectEstimate>(`${path(slug, ref)}/estimate?${query}`)
    },
    placeholderData: (former) => former,
  })

/** Whoever opens it has seen the final labels of these cases. */
export const effectCasesQuery = (slug: string, ref: string, partId: string, side: EffectSide) =>
  infiniteQueryOptions({
    queryKey: [...versionsKey(slug), ref, 'effects', 'parts', partId, side],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({ side })
      if (pageParam) query.set('after', pageParam)
      return api.get<EffectCasePage>(`${path(slug, ref)}/parts/${partId}?${query}`)
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

export function useStartEffects(slug: string, ref: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: StartEffectsInput) => api.post<StartedStudy>(path(slug, ref), input),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: effectsQuery(slug, ref).queryKey }),
        client.invalidateQueries({ queryKey: ['projects', slug, 'runs'] }),
      ]),
  })
}

export function useContinueEffects(slug: string, ref: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (studyId: string) =>
      api.post<null>(`${path(slug, ref)}/studies/${studyId}/continue`, {}),
    onSettled: () => client.invalidateQueries({ queryKey: effectsQuery(slug, ref).queryKey }),
  })
}

export function useStopEffects(slug: string, ref: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (studyId: string) =>
      api.post<null>(`${path(slug, ref)}/studies/${studyId}/stop`, {}),
    onSettled: () => client.invalidateQueries({ queryKey: effectsQuery(slug, ref).queryKey }),
  })
}
