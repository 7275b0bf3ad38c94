import { projectRoute } from '@/lib/platform/route'
import { tellPresence } from '@/lib/versions/drafts/presence/mutations'
import { presenceInput } from '@/lib/versions/drafts/presence/schema'
import { mayEditVersions } from '@/lib/versions/policy'
import { draftParams } from '@/lib/versions/schema'

/** Says that one has the draft open, and learns who else has and whether someone saved. */
export const PUT = projectRoute(
  mayEditVersions,
  { params: draftParams, body: presenceInput },
  ({ member, params, body }) => tellPresence(member, params.version, body),
)
