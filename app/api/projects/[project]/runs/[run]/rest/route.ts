import { projectRoute } from '@/lib/platform/route'
import { askRestOnDemand } from '@/lib/runs/batches/mutations'
import { mayRun } from '@/lib/runs/policy'
import { runParams } from '@/lib/runs/schema'

export const POST = projectRoute(mayRun, { params: runParams }, ({ member, params }) =>
  askRestOnDemand(member, params.run),
)
