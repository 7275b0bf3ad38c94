import { projectRoute } from '@/lib/platform/route'
import { getExperiment } from '@/lib/runs/experiments/data'
import { experimentParams, experimentQuery } from '@/lib/runs/experiments/schema'
import { mayReadRuns } from '@/lib/runs/policy'

export const GET = projectRoute(
  mayReadRuns,
  { params: experimentParams, query: experimentQuery },
  ({ member, params, query }) => getExperiment(member, params.experiment, query.base),
)
