import { anyMember } from '@/lib/platform/access'
import { projectRoute } from '@/lib/platform/route'
import { listDefinitions } from '@/lib/reviews/definitions/data'

export const GET = projectRoute(anyMember, {}, ({ member }) => listDefinitions(member))
