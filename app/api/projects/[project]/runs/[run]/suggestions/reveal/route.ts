import { recordSights } from '@/lib/cases/sights/mutations'
import { projectRoute } from '@/lib/platform/route'
import { mayReadRuns } from '@/lib/runs/policy'
import { type Revealed, revealInput, runParams } from '@/lib/runs/schema'
import { listShowable } from '@/lib/runs/suggestions/data'

export const POST = projectRoute(
  mayReadRuns,
  { params: runParams, body: revealInput },
  async ({ member, params, body }): Promise<Revealed> => {
    const caseIds = await listShowable(member, params.run, body)
    await recordSights(member, caseIds)
    return { shown: caseIds.length }
  },
)
