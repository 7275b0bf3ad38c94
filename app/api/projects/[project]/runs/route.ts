import { projectRoute } from '@/lib/platform/route'
import { listRuns } from '@/lib/runs/data'
import { mayReadRuns, mayRun } from '@/lib/runs/policy'
import { startRunInput } from '@/lib/runs/schema'
import { startRun } from '@/lib/runs/starting/mutations'

export const GET = projectRoute(mayReadRuns, {}, ({ member }) => listRuns(member))

export const POST = projectRoute(mayRun, { body: startRunInput }, ({ member, body }) =>
  startRun(member, body),
)
