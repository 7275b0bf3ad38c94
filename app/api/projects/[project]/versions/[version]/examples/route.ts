import { projectRoute } from '@/lib/platform/route'
import { getVersion } from '@/lib/versions/data'
import { addExample } from '@/lib/versions/examples/mutations'
import { newExample } from '@/lib/versions/examples/schema'
import { mayEditVersions } from '@/lib/versions/policy'
import { draftParams } from '@/lib/versions/schema'

export const POST = projectRoute(
  mayEditVersions,
  { params: draftParams, body: newExample },
  async ({ member, params, body }) => {
    await addExample(member, params.version, body)
    return getVersion(member, params.version)
  },
)
