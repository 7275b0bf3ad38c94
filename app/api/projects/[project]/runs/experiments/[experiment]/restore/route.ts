import { projectRoute } from '@/lib/platform/route'
import { restoreExperiment } from '@/lib/runs/experiments/keeping/mutations'
import { experimentParams } from '@/lib/runs/experiments/schema'
import { mayRun } from '@/lib/runs/policy'

export const POST = projectRoute(mayRun, { params: experimentParams }, ({ member, params }) =>
  restoreExperiment(member, params.experiment),
)
