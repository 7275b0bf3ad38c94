import { projectRoute } from '@/lib/platform/route'
import { mayReadRuns } from '@/lib/runs/policy'
import { getSpending } from '@/lib/runs/spending/data'

export const GET = projectRoute(mayReadRuns, {}, ({ member }) => getSpending(member))
