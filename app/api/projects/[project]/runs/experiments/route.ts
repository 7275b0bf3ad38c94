import { projectRoute } from '@/lib/platform/route'
import { listExperiments } from '@/lib/runs/experiments/data'
import { startExperiment } from '@/lib/runs/experiments/mutations'
import { startExperimentInput } from '@/lib/runs/experiments/schema'
import { mayReadRuns, mayRun } from '@/lib/runs/policy'

export const GET = projectRoute(mayReadRuns, {}, ({ member }) => listExperiments(member))

export const POST = projectRoute(mayRun, { body: startExperimentInput }, ({ member, body }) =>
  startExperiment(member, body),
)
