import { projectRoute } from '@/lib/platform/route'
import { addExample } from '@/lib/versions/examples/mutations'
import { newExample } from '@/lib/versions/examples/schema'
import { mayEditVersions } from '@/lib/versions/policy'
import { draftParams } from '@/lib/versions/schema'

export const POST = projectRoute(
  mayEditVersions,
  { params: draftParams, body: newExample },
  ({ member, params, body }) => addExample(member, params.version, body),
)
