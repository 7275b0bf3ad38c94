import { projectRoute } from '@/lib/platform/route'
import { getExperiment } from '@/lib/runs/experiments/data'
import { archiveExperiment, renameExperiment } from '@/lib/runs/experiments/keeping/mutations'
import {
  experimentParams,
  experimentQuery,
  renameExperimentInput,
} from '@/lib/runs/experiments/schema'
import { mayReadRuns, mayRun } from '@/lib/runs/policy'

export const GET = projectRoute(
  mayReadRuns,
  { params: experimentParams, query: experimentQuery },
  ({ member, params, query }) => getExperiment(member, params.experiment, query.base),
)

export const PATCH = projectRoute(
  mayRun,
  { params: experimentParams, body: renameExperimentInput },
  ({ member, params, body }) => renameExperiment(member, params.experiment, body),
)

export const DELETE = projectRoute(mayRun, { params: experimentParams }, ({ member, params }) =>
  archiveExperiment(member, params.experiment),
)
