import { showExamples } from '@/lib/cases/sights/mutations'
import { projectRoute } from '@/lib/platform/route'
import { getEffects, listStudied } from '@/lib/runs/effects/data'
import { startEffects } from '@/lib/runs/effects/mutations'
import { startEffectsInput } from '@/lib/runs/effects/schema'
import { mayRun } from '@/lib/runs/policy'
import { mayReadVersions } from '@/lib/versions/policy'
import { versionParams } from '@/lib/versions/schema'

export const GET = projectRoute(mayReadVersions, { params: versionParams }, ({ member, params }) =>
  showExamples(member, getEffects(member, params.version), listStudied),
)

export const POST = projectRoute(
  mayRun,
  { params: versionParams, body: startEffectsInput },
  ({ member, params, body }) => startEffects(member, params.version, body),
)
