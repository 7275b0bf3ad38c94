import { projectRoute } from '@/lib/platform/route'
import { mayRun } from '@/lib/runs/policy'
import { startTestRunInput } from '@/lib/runs/schema'
import { startTestRun } from '@/lib/runs/test-runs/mutations'

export const POST = projectRoute(mayRun, { body: startTestRunInput }, ({ member, body }) =>
  startTestRun(member, body),
)
