import { recordSights } from '@/lib/cases/sights/mutations'
import { projectRoute } from '@/lib/platform/route'
import { listCorrections, listSeen } from '@/lib/versions/corrections/data'
import { listFilter } from '@/lib/versions/corrections/schema'
import { mayReadVersions } from '@/lib/versions/policy'

export const GET = projectRoute(
  mayReadVersions,
  { query: listFilter },
  async ({ member, query }) => {
    const page = await listCorrections(member, query)
    await recordSights(member, listSeen(page))
    return page
  },
)
