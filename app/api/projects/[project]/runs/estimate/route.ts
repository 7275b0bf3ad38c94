import { projectRoute } from '@/lib/platform/route'
import { estimateRun } from '@/lib/runs/estimates/data'
import { mayRun } from '@/lib/runs/policy'
import { estimateInput } from '@/lib/runs/schema'

export const GET = projectRoute(mayRun, { query: estimateInput }, ({ member, query }) =>
  estimateRun(member, query),
)
