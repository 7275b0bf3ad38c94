import { getMatrix } from '@/lib/accuracy/matrix/data'
import { mayReadAccuracy } from '@/lib/accuracy/policy'
import { matrixQueryInput } from '@/lib/accuracy/schema'
import { projectRoute } from '@/lib/platform/route'

export const GET = projectRoute(mayReadAccuracy, { query: matrixQueryInput }, ({ member, query }) =>
  getMatrix(member, query.run),
)
