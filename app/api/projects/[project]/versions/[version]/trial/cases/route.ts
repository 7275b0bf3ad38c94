import { recordSights } from '@/lib/cases/sights/mutations'
import { projectRoute } from '@/lib/platform/route'
import { mayReadVersions } from '@/lib/versions/policy'
import { versionParams } from '@/lib/versions/schema'
import { listTrialCases } from '@/lib/versions/trials/cases/data'
import { trialCasesInput } from '@/lib/versions/trials/schema'

export const GET = projectRoute(
  mayReadVersions,
  { params: versionParams, query: trialCasesInput },
  async ({ member, params, query }) => {
    const page = await listTrialCases(member, params.version, query)
    await recordSights(
      member,
      page.cases.map(({ caseId }) => caseId),
    )
    return page
  },
)
