import { projectRoute } from '@/lib/platform/route'
import { createDraft } from '@/lib/versions/drafts/mutations'
import { newDraft } from '@/lib/versions/drafts/schema'
import { listVersions } from '@/lib/versions/history/data'
import { mayEditVersions, mayReadVersions } from '@/lib/versions/policy'

export const GET = projectRoute(mayReadVersions, {}, ({ member }) => listVersions(member))

export const POST = projectRoute(mayEditVersions, { body: newDraft }, ({ member, body }) =>
  createDraft(member, body),
)
