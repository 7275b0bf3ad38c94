import { projectRoute } from '@/lib/platform/route'
import { continueEffects } from '@/lib/runs/effects/continuing/mutations'
import { studyParams } from '@/lib/runs/effects/schema'
import { mayRun } from '@/lib/runs/policy'

export const POST = projectRoute(mayRun, { params: studyParams }, ({ member, params }) =>
  continueEffects(member, params.study),
)
