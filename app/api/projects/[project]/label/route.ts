import { receiveCase } from '@/lib/cases/arriving/mutations'
import { arrivingCase } from '@/lib/cases/arriving/schema'
import { recordSights } from '@/lib/cases/sights/mutations'
import { projectRoute } from '@/lib/platform/route'
import { mayReadRuns, mayRun } from '@/lib/runs/policy'
import { getLabelDesk, getReleased } from '@/lib/runs/standing/data'
import { labelCase } from '@/lib/runs/standing/mutations'

export const GET = projectRoute(mayReadRuns, {}, ({ member }) => getLabelDesk(member))

export const POST = projectRoute(mayRun, { body: arrivingCase }, async ({ member, body }) => {
  const released = await getReleased(member)
  const arrived = await receiveCase(member, body)
  return labelCase(member, released, arrived, (caseIds) => recordSights(member, caseIds))
})
