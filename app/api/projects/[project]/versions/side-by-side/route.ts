import { projectRoute } from '@/lib/platform/route'
import { mayReadVersions } from '@/lib/versions/policy'
import { getSideBySide } from '@/lib/versions/side-by-side/data'
import { sideBySideInput } from '@/lib/versions/side-by-side/schema'

export const GET = projectRoute(mayReadVersions, { query: sideBySideInput }, ({ member, query }) =>
  getSideBySide(member, query),
)
