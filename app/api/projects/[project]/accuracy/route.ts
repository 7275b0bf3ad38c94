import { getAccuracy } from '@/lib/accuracy/data'
import { mayReadAccuracy } from '@/lib/accuracy/policy'
import { projectRoute } from '@/lib/platform/route'

export const GET = projectRoute(mayReadAccuracy, {}, ({ member }) => getAccuracy(member))
