import { projectRoute } from '@/lib/platform/route'
import { decideCorrections } from '@/lib/versions/corrections/decisions/mutations'
import { decisions } from '@/lib/versions/corrections/decisions/schema'
import { mayEditVersions } from '@/lib/versions/policy'

export const PUT = projectRoute(mayEditVersions, { body: decisions }, ({ member, body }) =>
  decideCorrections(member, body.decisions),
)
