import { projectRoute } from '@/lib/platform/route'
import { getPoolLabelling } from '@/lib/runs/unlabelled/data'
import { labelExamplePool } from '@/lib/runs/unlabelled/mutations'
import { mayLabelReleased } from '@/lib/versions/releases/policy'
import { versionParams } from '@/lib/versions/schema'

export const GET = projectRoute(mayLabelReleased, { params: versionParams }, ({ member, params }) =>
  getPoolLabelling(member, params.version),
)

export const POST = projectRoute(
  mayLabelReleased,
  { params: versionParams },
  ({ member, params }) => labelExamplePool(member, params.version),
)
