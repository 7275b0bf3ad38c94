import { projectRoute } from '@/lib/platform/route'
import { orderExamples } from '@/lib/versions/examples/mutations'
import { exampleOrder } from '@/lib/versions/examples/schema'
import { mayEditVersions } from '@/lib/versions/policy'
import { draftParams } from '@/lib/versions/schema'

export const PUT = projectRoute(
  mayEditVersions,
  { params: draftParams, body: exampleOrder },
  ({ member, params, body }) => orderExamples(member, params.version, body),
)
