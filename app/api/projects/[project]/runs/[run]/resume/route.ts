import { projectRoute } from '@/lib/platform/route'
import { resumeRun } from '@/lib/runs/control/mutations'
import { mayRun } from '@/lib/runs/policy'
import { resumeInput, runParams } from '@/lib/runs/schema'

export const POST = projectRoute(
  mayRun,
  { params: runParams, body: resumeInput },
  ({ member, params, body }) => resumeRun(member, params.run, body),
)
