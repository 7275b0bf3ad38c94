import { eventStream } from '@/lib/platform/events'
import { projectRoute } from '@/lib/platform/route'
import { mayReadRuns } from '@/lib/runs/policy'
import { followRun } from '@/lib/runs/progress/data'
import { runParams } from '@/lib/runs/schema'

export const GET = projectRoute(
  mayReadRuns,
  { params: runParams },
  async ({ member, params, request }) => eventStream(await followRun(member, params.run), request),
)
