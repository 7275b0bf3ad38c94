import { projectRoute } from '@/lib/platform/route'
import { freezeDraft } from '@/lib/versions/drafts/mutations'
import { editOnly } from '@/lib/versions/drafts/schema'
import { mayEditVersions } from '@/lib/versions/policy'
import { draftParams } from '@/lib/versions/schema'

export const POST = projectRoute(
  mayEditVersions,
  { params: draftParams, body: editOnly },
  ({ member, params, body }) => freezeDraft(member, params.version, body.edit),
)
