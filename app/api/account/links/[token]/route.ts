import { publicRoute } from '@/lib/platform/route'
import { redeemAccountLink } from '@/lib/users/accounts/mutations'
import { accountInput, linkParams } from '@/lib/users/accounts/schema'

export const POST = publicRoute({ params: linkParams, body: accountInput }, ({ params, body }) =>
  redeemAccountLink(params.token, body),
)
