import { recordSights } from '@/lib/cases/sights/mutations'
import { projectRoute } from '@/lib/platform/route'
import { listEffectCases } from '@/lib/runs/effects/data'
import { partParams } from '@/lib/runs/effects/schema'
import { mayReadVersions } from '@/lib/versions/policy'

export const GET = projectRoute(
  mayReadVersions,
  { params: partParams },
  async ({ member, params }) => {
    const cases = await listEffectCases(member, params)
    await recordSights(
      member,
      [...cases.fixes, ...cases.breaks].map(({ caseId }) => caseId),
    )
    return cases
  },
)
