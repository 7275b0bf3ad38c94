import { projectRoute } from '@/lib/platform/route'
import { findMeasuredBefore } from '@/lib/runs/experiments/measured/data'
import { mayReadRuns } from '@/lib/runs/policy'
import { versionParams } from '@/lib/versions/schema'

export const GET = projectRoute(mayReadRuns, { params: versionParams }, ({ member, params }) =>
  findMeasuredBefore(member, params.version),
)
