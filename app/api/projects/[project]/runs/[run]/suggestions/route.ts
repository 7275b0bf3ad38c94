import { recordSights } from '@/lib/cases/sights/mutations'
import { projectRoute } from '@/lib/platform/route'
import { mayReadRuns } from '@/lib/runs/policy'
import { runParams, suggestionInput } from '@/lib/runs/schema'
import { listSuggestions } from '@/lib/runs/suggestions/data'
import { listSeen } from '@/lib/runs/suggestions/rules'

export const GET = projectRoute(
  mayReadRuns,
  { params: runParams, query: suggestionInput },
  async ({ member, params, query }) => {
    const page = await listSuggestions(member, params.run, query)
    await recordSights(member, listSeen(page))
    return page
  },
)
