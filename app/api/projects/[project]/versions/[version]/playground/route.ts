import { recordSights, showCases } from '@/lib/cases/sights/mutations'
import { projectRoute } from '@/lib/platform/route'
import { listFormerTries, openTriedCase } from '@/lib/versions/playground/data'
import { tryCase } from '@/lib/versions/playground/mutations'
import { mayTry } from '@/lib/versions/playground/policy'
import { tryInput } from '@/lib/versions/playground/schema'
import { versionParams } from '@/lib/versions/schema'

export const GET = projectRoute(mayTry, { params: versionParams }, async ({ member, params }) => {
  const { tries, tellsOfIds } = await listFormerTries(member, params.version)
  return showCases(member, tries, tellsOfIds)
})

export const POST = projectRoute(
  mayTry,
  { params: versionParams, body: tryInput },
  async ({ member, params, body }) => {
    const tried = await openTriedCase(member, body)
    return tryCase(member, params.version, tried, (caseIds) => recordSights(member, caseIds))
  },
)
