import { showCases } from '@/lib/cases/sights/mutations'
import { projectRoute } from '@/lib/platform/route'
import { getTriedRequest } from '@/lib/versions/playground/data'
import { mayTry } from '@/lib/versions/playground/policy'
import { tryParams } from '@/lib/versions/playground/schema'

export const GET = projectRoute(mayTry, { params: tryParams }, async ({ member, params }) => {
  const { request, tellsOfIds } = await getTriedRequest(member, params.call)
  return showCases(member, { request }, tellsOfIds)
})
