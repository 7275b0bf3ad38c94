import { projectRoute } from '@/lib/platform/route'
import { mayReadRuns } from '@/lib/runs/policy'
import { runParams, suggestionInput } from '@/lib/runs/schema'
import { listSuggestions } from '@/lib/runs/suggestions/data'

export const GET = projectRoute(
  mayReadRuns,
  { params: runParams, query: suggestionInput },
  ({ member, params, query }) => listSuggestions(member, params.run, query),
)
