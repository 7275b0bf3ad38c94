import { recordSights } from '@/lib/cases/sights/mutations'
import { projectRoute } from '@/lib/platform/route'
import { mayReadVersions } from '@/lib/versions/policy'
import { versionParams } from '@/lib/versions/schema'
import { getTrial } from '@/lib/versions/trials/data'
import { listSeen } from '@/lib/versions/trials/rules'

export const GET = projectRoute(
  mayReadVersions,
  { params: versionParams },
  async ({ member, params }) => {
    const trial = await getTrial(member, params.version)
    await recordSights(member, listSeen(trial))
    return trial
  },
)
