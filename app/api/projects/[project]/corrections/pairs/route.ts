import { projectRoute } from '@/lib/platform/route'
import { listConfusionPairs } from '@/lib/versions/corrections/data'
import { mayReadVersions } from '@/lib/versions/policy'

export const GET = projectRoute(mayReadVersions, {}, ({ member }) => listConfusionPairs(member))
