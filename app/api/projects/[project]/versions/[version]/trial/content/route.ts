import { showExamples } from '@/lib/cases/sights/mutations'
import { projectRoute } from '@/lib/platform/route'
import { mayReadVersions } from '@/lib/versions/policy'
import { versionParams } from '@/lib/versions/schema'
import { getPinnedContent } from '@/lib/versions/trials/data'

export const GET = projectRoute(mayReadVersions, { params: versionParams }, ({ member, params }) =>
  showExamples(member, getPinnedContent(member, params.version), ({ content }) =>
    content.examples.map(({ id }) => id),
  ),
)
