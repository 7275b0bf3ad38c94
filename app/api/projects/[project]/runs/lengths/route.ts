import { projectRoute } from '@/lib/platform/route'
import { measureLengths } from '@/lib/runs/lengths/data'
import { mayRun } from '@/lib/runs/policy'
import { estimateInput } from '@/lib/runs/schema'

export const GET = projectRoute(mayRun, { query: estimateInput }, ({ member, query }) =>
  measureLengths(member, query),
)
