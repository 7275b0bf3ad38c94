import { promptEngineersAndManagers } from '@/lib/platform/access'
import { projectRoute } from '@/lib/platform/route'
import { listPrecedents } from '@/lib/reviews/disagreements/precedents/data'

export const GET = projectRoute(promptEngineersAndManagers, {}, ({ member }) =>
  listPrecedents(member),
)
