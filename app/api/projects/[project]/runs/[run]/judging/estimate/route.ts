import { projectRoute } from '@/lib/platform/route'
import { estimateJudging } from '@/lib/runs/judging/estimates/data'
import { judgingEstimateInput } from '@/lib/runs/judging/schema'
import { mayRun } from '@/lib/runs/policy'
import { runParams } from '@/lib/runs/schema'

export const GET = projectRoute(
  mayRun,
  { params: runParams, query: judgingEstimateInput },
  ({ member, params, query }) => estimateJudging(member, params.run, query),
)
