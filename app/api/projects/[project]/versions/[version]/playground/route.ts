import { recordSights } from '@/lib/cases/sights/mutations'
import { projectRoute } from '@/lib/platform/route'
import { listFormerTries, openTriedCase } from '@/lib/versions/playground/data'
import { tryCase } from '@/lib/versions/playground/mutations'
import { mayTry } from '@/lib/versions/playground/policy'
import { tryInput } from '@/lib/versions/playground/schema'
import { versionParams } from '@/lib/versions/schema'

export const GET = projectRoute(mayTry, { params: versionParams }, ({ member, params }) =>
  listFormerTries(member, params.version),
)

export const POST = projectRoute(
  mayTry,
  { params: versionParams, body: tryInput },
  async ({ member, params, body }) => {
    const tried = await openTriedCase(member, body)
    const view = await tryCase(member, params.version, tried)
    // The exact request, one click away, shows the labels of the similar examples too.
    const similar = view.sides.flatMap(({ answer }) => answer?.similarIds ?? [])
    if (view.sides.some(({ answer }) => answer !== null)) {
      await recordSights(member, [...new Set([...tried.seen, ...similar])])
    }
    return view
  },
)
