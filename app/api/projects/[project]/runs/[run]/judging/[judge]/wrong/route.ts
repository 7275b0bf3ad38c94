import { recordSights } from '@/lib/cases/sights/mutations'
import { projectRoute } from '@/lib/platform/route'
import { listJudgedWrong } from '@/lib/runs/judging/cases/data'
import { judgedCasesInput, judgeParams } from '@/lib/runs/judging/schema'
import { mayReadRuns } from '@/lib/runs/policy'

export const GET = projectRoute(
  mayReadRuns,
  { params: judgeParams, query: judgedCasesInput },
  async ({ member, params, query }) => {
    const page = await listJudgedWrong(member, params, query)
    await recordSights(
      member,
      page.cases.map(({ caseId }) => caseId),
    )
    return page
  },
)
