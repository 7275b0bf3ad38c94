import { projectRoute } from '@/lib/platform/route'
import { listCorrections } from '@/lib/versions/corrections/data'
import { correctionFilter } from '@/lib/versions/corrections/schema'
import { mayReadVersions } from '@/lib/versions/policy'

export const GET = projectRoute(mayReadVersions, { query: correctionFilter }, ({ member, query }) =>
  listCorrections(member, query),
)
