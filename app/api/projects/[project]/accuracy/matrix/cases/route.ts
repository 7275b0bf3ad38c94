import { listCellCases } from '@/lib/accuracy/matrix/data'
import { mayReadAccuracy } from '@/lib/accuracy/policy'
import { cellQueryInput } from '@/lib/accuracy/schema'
import { projectRoute } from '@/lib/platform/route'

export const GET = projectRoute(mayReadAccuracy, { query: cellQueryInput }, ({ member, query }) =>
  listCellCases(member, query),
)
