import { projectRoute } from '@/lib/platform/route'
import { getSecondOpinion } from '@/lib/runs/judging/data'
import { startJudging } from '@/lib/runs/judging/mutations'
import { startJudgingInput } from '@/lib/runs/judging/schema'
import { mayReadRuns, mayRun } from '@/lib/runs/policy'
import { runParams } from '@/lib/runs/schema'

export const GET = projectRoute(mayReadRuns, { params: runParams }, ({ member, params }) =>
  getSecondOpinion(member, params.run),
)

export const POST = projectRoute(
  mayRun,
  { params: runParams, body: startJudgingInput },
  ({ member, params, body }) => startJudging(member, params.run, body),
)
