import { recordSights } from '@/lib/cases/sights/mutations'
import { projectRoute } from '@/lib/platform/route'
import { listEffectCases } from '@/lib/runs/effects/cases/data'
import { effectCasesInput, partParams } from '@/lib/runs/effects/schema'
import { mayReadVersions } from '@/lib/versions/policy'

export const GET = projectRoute(
  mayReadVersions,
  { params: partParams, query: effectCasesInput },
  async ({ member, params, query }) => {
    const page = await listEffectCases(member, params, query)
    await recordSights(
      member,
      page.cases.map(({ caseId }) => caseId),
    )
    return page
  },
)
