import { projectRoute } from '@/lib/platform/route'
import { getCheckFacts } from '@/lib/versions/checks/data'
import { mayReadVersions } from '@/lib/versions/policy'
import { versionParams } from '@/lib/versions/schema'

/** What only the server knows of a version's examples: the other checks are made in the browser. */
export const GET = projectRoute(mayReadVersions, { params: versionParams }, ({ member, params }) =>
  getCheckFacts(member, params.version),
)
