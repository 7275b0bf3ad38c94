import { showExamples } from '@/lib/cases/sights/mutations'
import { projectRoute } from '@/lib/platform/route'
import { getVersion, listShownExamples } from '@/lib/versions/data'
import { discardDraft, saveDraft } from '@/lib/versions/drafts/mutations'
import { draftChange } from '@/lib/versions/drafts/schema'
import { mayEditVersions, mayReadVersions } from '@/lib/versions/policy'
import { draftParams, versionParams } from '@/lib/versions/schema'

export const GET = projectRoute(mayReadVersions, { params: versionParams }, ({ member, params }) =>
  showExamples(member, getVersion(member, params.version), listShownExamples),
)

export const PATCH = projectRoute(
  mayEditVersions,
  { params: draftParams, body: draftChange },
  ({ member, params, body }) => saveDraft(member, params.version, body),
)

export const DELETE = projectRoute(mayEditVersions, { params: draftParams }, ({ member, params }) =>
  discardDraft(member, params.version).then(() => null),
)
