import { projectRoute } from '@/lib/platform/route'
import { startTestRun } from '@/lib/runs/mutations'
import { mayRun } from '@/lib/runs/policy'
import { startTestRunInput } from '@/lib/runs/schema'

export const POST = projectRoute(mayRun, { body: startTestRunInput }, ({ member, body }) =>
  startTestRun(member, body),
)
