import { previewRedaction } from '@/lib/cases/redaction/data'
import { mayChangeRedaction } from '@/lib/cases/redaction/policy'
import { previewInput } from '@/lib/cases/redaction/schema'
import { projectRoute } from '@/lib/platform/route'

export const POST = projectRoute(mayChangeRedaction, { body: previewInput }, ({ member, body }) =>
  previewRedaction(member, body),
)
