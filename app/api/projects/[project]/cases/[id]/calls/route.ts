import { openCalls } from '@/lib/cases/opening/mutations'
import { caseParams } from '@/lib/cases/opening/schema'
import { mayReadCases } from '@/lib/cases/policy'
import { projectRoute } from '@/lib/platform/route'

export const GET = projectRoute(mayReadCases, { params: caseParams }, ({ member, params }) =>
  openCalls(member, params.id),
)
