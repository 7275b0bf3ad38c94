import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/platform/http'
import { isAtWork } from './rules'
import type {
  ExperimentPlan,
  ExperimentSummary,
  ExperimentView,
  MeasuredBefore,
  PlanInput,
  RenameExperimentInput,
  StartExperimentInput,
  StartedExperiment,
} from './schema'

/** Sooner there is nothing new but a few answers. */
const POLL_MS = 2_000

const key = (slug: string) => ['projects', slug, 'runs', 'experiments'] as const
const path = (slug: string) => `/api/projects/${slug}/runs/experiments`

/** Asks again while one is at work. */
export const experimentsQuery = (slug: string) =>
  queryOptions({
    queryKey: key(slug),
    queryFn: () => api.get<ExperimentSummary[]>(path(slug)),
    refetchInterval: ({ state }) => (state.data?.some(isAtWork) ? POLL_MS : false),
  })

/** `base`: the cell that the others are compared with; empty: the one that is in force, or the first. */
export const experimentQuery = (slug: string, experimentId: string, base = '') =>
  queryOptions({
    queryKey: [...key(slug), experimentId, base],
    queryFn: () =>
      api.get<ExperimentView>(`${path(slug)}/${experimentId}${base ? `?base=${base}` : ''}`),
    refetchInterval: ({ state }) => (state.data && isAtWork(state.data) ? POLL_MS : false),
    placeholderData: (former) => former,
  })

/** What an experiment has measured of just what a version says; null: nothing. */
export const measuredBeforeQuery = (slug: string, version: string) =>
  queryOptions({
    queryKey: [...key(slug), 'measured', version],
    queryFn: () =>
      api.get<MeasuredBefore | null>(`/api/projects/${slug}/versions/${version}/measured`),
  })

/** The grid is too long for an address. */
export const planQuery = (slug: string, input: PlanInput) =>
  queryOptions({
    queryKey: [...key(slug), 'plan', input],
    queryFn: () => api.post<ExperimentPlan>(`${path(slug)}/plan`, input),
    placeholderData: (former) => former,
  })

export const tablePath = (slug: string, experimentId: string, base: string): string =>
  `${path(slug)}/${experimentId}/table.csv?base=${base}`

export function useStartExperiment(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: StartExperimentInput) => api.post<StartedExperiment>(path(slug), input),
    onSuccess: () => client.invalidateQueries({ queryKey: ['projects', slug, 'runs'] }),
  })
}

export function useContinueExperiment(slug: string, experimentId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => api.post<null>(`${path(slug)}/${experimentId}/continue`, {}),
    onSettled: () => client.invalidateQueries({ queryKey: key(slug) }),
  })
}

export function useRenameExperiment(slug: string, experimentId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: RenameExperimentInput) =>
      api.patch<null>(`${path(slug)}/${experimentId}`, input),
    onSettled: () => client.invalidateQueries({ queryKey: key(slug) }),
  })
}

/** Out of the list, until it is brought back. */
export function useDeleteExperiment(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (experimentId: string) => api.delete<null>(`${path(slug)}/${experimentId}`),
    onSettled: () => client.invalidateQueries({ queryKey: key(slug) }),
  })
}

export function useRestoreExperiment(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (experimentId: string) =>
      api.post<null>(`${path(slug)}/${experimentId}/restore`, {}),
    onSettled: () => client.invalidateQueries({ queryKey: key(slug) }),
  })
}

export function useStopExperiment(slug: string, experimentId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => api.post<null>(`${path(slug)}/${experimentId}/stop`, {}),
    onSettled: () => client.invalidateQueries({ queryKey: key(slug) }),
  })
}
