import { projectRoute } from '@/lib/platform/route'
import { getOverview } from '@/lib/versions/corrections/overview/data'
import { overviewFilter } from '@/lib/versions/corrections/schema'
import { mayReadVersions } from '@/lib/versions/policy'

export const GET = projectRoute(mayReadVersions, { query: overviewFilter }, ({ member, query }) =>
  getOverview(member, query),
)
