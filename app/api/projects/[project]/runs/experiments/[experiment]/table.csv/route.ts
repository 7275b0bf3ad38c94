import { downloadHeaders } from '@/lib/datasets/files/rules'
import { projectRoute } from '@/lib/platform/route'
import { getExperiment } from '@/lib/runs/experiments/data'
import { experimentParams, experimentQuery } from '@/lib/runs/experiments/schema'
import { writeTable } from '@/lib/runs/experiments/tables/rules'
import { mayReadRuns } from '@/lib/runs/policy'

export const GET = projectRoute(
  mayReadRuns,
  { params: experimentParams, query: experimentQuery },
  async ({ member, params, query }) => {
    const experiment = await getExperiment(member, params.experiment, query.base)
    const name = `${member.projectSlug}-${experiment.name}.csv`
    return new Response(writeTable(experiment), {
      headers: downloadHeaders(name, 'text/csv; charset=utf-8; header=present'),
    })
  },
)
