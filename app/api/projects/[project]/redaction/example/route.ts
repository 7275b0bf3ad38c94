import { previewExample } from '@/lib/cases/redaction/data'
import { mayReadRedaction } from '@/lib/cases/redaction/policy'
import { examplePreviewInput } from '@/lib/cases/redaction/schema'
import { projectRoute } from '@/lib/platform/route'

export const POST = projectRoute(
  mayReadRedaction,
  { body: examplePreviewInput },
  ({ member, body }) => previewExample(member, body),
)
