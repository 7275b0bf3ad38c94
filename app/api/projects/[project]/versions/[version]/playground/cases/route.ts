import { keepCase } from '@/lib/cases/adding/mutations'
import { projectRoute } from '@/lib/platform/route'
import { listPickableCases, readPasted } from '@/lib/versions/playground/data'
import { mayTry } from '@/lib/versions/playground/policy'
import { keepInput, pickQuery } from '@/lib/versions/playground/schema'
import { versionParams } from '@/lib/versions/schema'

export const GET = projectRoute(
  mayTry,
  { params: versionParams, query: pickQuery },
  ({ member, query }) => listPickableCases(member, query),
)

export const POST = projectRoute(
  mayTry,
  { params: versionParams, body: keepInput },
  ({ member, body }) => keepCase(member, readPasted(body)),
)
