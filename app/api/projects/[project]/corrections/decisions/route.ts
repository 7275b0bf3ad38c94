import { projectRoute } from '@/lib/platform/route'
import { decideFold } from '@/lib/versions/corrections/decisions/mutations'
import { foldDecision } from '@/lib/versions/corrections/decisions/schema'
import { mayEditVersions } from '@/lib/versions/policy'

export const PUT = projectRoute(mayEditVersions, { body: foldDecision }, ({ member, body }) =>
  decideFold(member, body),
)
