import { recordSights } from '@/lib/cases/sights/mutations'
import { projectRoute } from '@/lib/platform/route'
import { listChecks } from '@/lib/reviews/checks/managing/data'
import { addChecks } from '@/lib/reviews/checks/managing/mutations'
import { listSeenChecks } from '@/lib/reviews/checks/managing/rules'
import { newChecks } from '@/lib/reviews/checks/managing/schema'
import { mayManageChecks } from '@/lib/reviews/checks/policy'

export const GET = projectRoute(mayManageChecks, {}, async ({ member }) => {
  const list = await listChecks(member)
  await recordSights(member, listSeenChecks(list))
  return list
})

export const POST = projectRoute(mayManageChecks, { body: newChecks }, ({ member, body }) =>
  addChecks(member, body),
)
