import { projectRoute } from '@/lib/platform/route'
import { listBulkCases } from '@/lib/reviews/bulk/listing/data'
import { mayConfirmBulk } from '@/lib/reviews/bulk/policy'
import { bulkParams } from '@/lib/reviews/bulk/schema'

export const GET = projectRoute(mayConfirmBulk, { params: bulkParams }, ({ member, params }) =>
  listBulkCases(member, params.label),
)
