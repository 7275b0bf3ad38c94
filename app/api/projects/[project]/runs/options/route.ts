import { projectRoute } from '@/lib/platform/route'
import { getRunOptions } from '@/lib/runs/estimates/data'
import { mayRun } from '@/lib/runs/policy'

export const GET = projectRoute(mayRun, {}, ({ member }) => getRunOptions(member))
