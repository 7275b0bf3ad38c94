import { listCalls } from '@/lib/cases/opening/data'
import { caseParams } from '@/lib/cases/opening/schema'
import { mayReadCases } from '@/lib/cases/policy'
import { projectRoute } from '@/lib/platform/route'

export const GET = projectRoute(mayReadCases, { params: caseParams }, ({ member, params }) =>
  listCalls(member, params.id),
)
