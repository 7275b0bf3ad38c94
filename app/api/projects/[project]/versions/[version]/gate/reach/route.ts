import { projectRoute } from '@/lib/platform/route'
import { getReach } from '@/lib/versions/gate/reach/data'
import { mayReadVersions } from '@/lib/versions/policy'
import { versionParams } from '@/lib/versions/schema'

export const GET = projectRoute(mayReadVersions, { params: versionParams }, ({ member, params }) =>
  getReach(member, params.version),
)
