import { openCaseList } from '@/lib/cases/listing/mutations'
import { caseFilter } from '@/lib/cases/listing/schema'
import { mayReadCases } from '@/lib/cases/policy'
import { projectRoute } from '@/lib/platform/route'

export const GET = projectRoute(mayReadCases, { query: caseFilter }, ({ member, query }) =>
  openCaseList(member, query),
)
