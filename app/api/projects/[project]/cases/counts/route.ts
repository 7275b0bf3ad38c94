import { countCases } from '@/lib/cases/listing/data'
import { mayListLabels } from '@/lib/cases/policy'
import { projectRoute } from '@/lib/platform/route'

export const GET = projectRoute(mayListLabels, {}, ({ member }) => countCases(member))
