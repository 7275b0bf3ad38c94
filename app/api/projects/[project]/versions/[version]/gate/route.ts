import { projectRoute } from '@/lib/platform/route'
import { mayReadVersions } from '@/lib/versions/policy'
import { getGate } from '@/lib/versions/releases/data'
import { askForTestScore } from '@/lib/versions/releases/mutations'
import { mayRelease } from '@/lib/versions/releases/policy'
import { versionParams } from '@/lib/versions/schema'

export const GET = projectRoute(mayReadVersions, { params: versionParams }, ({ member, params }) =>
  getGate(member, params.version),
)

/** Has a finished test run scored whose cases got their labels later. */
export const POST = projectRoute(mayRelease, { params: versionParams }, ({ member, params }) =>
  askForTestScore(member, params.version).then(() => null),
)
