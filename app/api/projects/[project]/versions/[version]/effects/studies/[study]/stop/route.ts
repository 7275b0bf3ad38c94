import { projectRoute } from '@/lib/platform/route'
import { stopEffects } from '@/lib/runs/effects/mutations'
import { studyParams } from '@/lib/runs/effects/schema'
import { mayRun } from '@/lib/runs/policy'

export const POST = projectRoute(mayRun, { params: studyParams }, ({ member, params }) =>
  stopEffects(member, params.study),
)
