import { projectRoute } from '@/lib/platform/route'
import { pauseRun } from '@/lib/runs/control/mutations'
import { mayRun } from '@/lib/runs/policy'
import { runParams } from '@/lib/runs/schema'

export const POST = projectRoute(mayRun, { params: runParams }, ({ member, params }) =>
  pauseRun(member, params.run),
)
