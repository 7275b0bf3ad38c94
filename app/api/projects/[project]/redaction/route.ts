import { getRedactionView } from '@/lib/cases/redaction/data'
import { changeRedaction } from '@/lib/cases/redaction/mutations'
import { mayChangeRedaction, mayReadRedaction } from '@/lib/cases/redaction/policy'
import { redactionInput } from '@/lib/cases/redaction/schema'
import { projectRoute } from '@/lib/platform/route'

export const GET = projectRoute(mayReadRedaction, {}, ({ member }) => getRedactionView(member))

/** Changed all at once: a half of it would replace what nobody has chosen. */
export const PUT = projectRoute(mayChangeRedaction, { body: redactionInput }, ({ member, body }) =>
  changeRedaction(member, body),
)
