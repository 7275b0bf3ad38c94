import { projectRoute } from '@/lib/platform/route'
import { continueExperiment } from '@/lib/runs/experiments/mutations'
import { experimentParams } from '@/lib/runs/experiments/schema'
import { mayRun } from '@/lib/runs/policy'

export const POST = projectRoute(mayRun, { params: experimentParams }, ({ member, params }) =>
  continueExperiment(member, params.experiment),
)
