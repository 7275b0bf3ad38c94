import { projectRoute } from '@/lib/platform/route'
import { getRun } from '@/lib/runs/data'
import { mayReadRuns } from '@/lib/runs/policy'
import { runParams } from '@/lib/runs/schema'

export const GET = projectRoute(mayReadRuns, { params: runParams }, ({ member, params }) =>
  getRun(member, params.run),
)
