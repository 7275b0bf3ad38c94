import { projectRoute } from '@/lib/platform/route'
import { getBulkView } from '@/lib/reviews/bulk/data'
import { confirmBulk } from '@/lib/reviews/bulk/mutations'
import { mayConfirmBulk } from '@/lib/reviews/bulk/policy'
import { confirmInput } from '@/lib/reviews/bulk/schema'

export const GET = projectRoute(mayConfirmBulk, {}, ({ member }) => getBulkView(member))

export const POST = projectRoute(mayConfirmBulk, { body: confirmInput }, ({ member, body }) =>
  confirmBulk(member, body),
)
