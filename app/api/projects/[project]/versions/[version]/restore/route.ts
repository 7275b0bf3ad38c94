import { projectRoute } from '@/lib/platform/route'
import { restoreDraft } from '@/lib/versions/drafts/mutations'
import { mayEditVersions } from '@/lib/versions/policy'
import { draftParams } from '@/lib/versions/schema'

export const POST = projectRoute(mayEditVersions, { params: draftParams }, ({ member, params }) =>
  restoreDraft(member, params.version).then(() => null),
)
