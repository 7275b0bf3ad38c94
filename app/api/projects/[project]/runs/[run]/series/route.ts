import { recordSights } from '@/lib/cases/sights/mutations'
import { projectRoute } from '@/lib/platform/route'
import { mayReadRuns } from '@/lib/runs/policy'
import { runParams } from '@/lib/runs/schema'
import { getSeries } from '@/lib/runs/series/data'
import { seriesInput } from '@/lib/runs/series/schema'
import { listSeen } from '@/lib/runs/suggestions/rules'

export const GET = projectRoute(
  mayReadRuns,
  { params: runParams, query: seriesInput },
  async ({ member, params, query }) => {
    const series = await getSeries(member, params.run, query)
    await recordSights(member, listSeen(series))
    return series
  },
)
