import { projectRoute } from '@/lib/platform/route'
import { planExperiment } from '@/lib/runs/experiments/estimates/data'
import { planInput } from '@/lib/runs/experiments/schema'
import { mayRun } from '@/lib/runs/policy'

export const POST = projectRoute(mayRun, { body: planInput }, ({ member, body }) =>
  planExperiment(member, body),
)
