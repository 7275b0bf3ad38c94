import { openCase } from '@/lib/cases/opening/mutations'
import { notFound } from '@/lib/platform/errors'
import { projectRoute } from '@/lib/platform/route'
import { getCheckState } from '@/lib/reviews/checks/managing/data'
import { changeCheck, removeCheck } from '@/lib/reviews/checks/managing/mutations'
import { checkChange, checkParams } from '@/lib/reviews/checks/managing/schema'
import { mayManageChecks } from '@/lib/reviews/checks/policy'

/** Says something of the case's label, so only to who may see it, and that is remembered. */
export const GET = projectRoute(
  mayManageChecks,
  { params: checkParams },
  async ({ member, params }) => {
    const { labels } = await openCase(member, params.case)
    if (!labels) throw notFound('The label of this case')
    return getCheckState(member, params.case)
  },
)

export const PATCH = projectRoute(
  mayManageChecks,
  { params: checkParams, body: checkChange },
  ({ member, params, body }) => changeCheck(member, params.case, body),
)

export const DELETE = projectRoute(mayManageChecks, { params: checkParams }, ({ member, params }) =>
  removeCheck(member, params.case),
)
