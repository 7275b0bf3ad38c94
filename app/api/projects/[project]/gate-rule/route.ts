import { projectRoute } from '@/lib/platform/route'
import { getGateRule } from '@/lib/versions/gate/data'
import { changeGateRule } from '@/lib/versions/gate/mutations'
import { mayChangeGateRule, mayReadGateRule } from '@/lib/versions/gate/policy'
import { gateRule } from '@/lib/versions/gate/schema'

export const GET = projectRoute(mayReadGateRule, {}, ({ member }) => getGateRule(member.projectId))

/** Changed all at once: its conditions make one rule. */
export const PATCH = projectRoute(mayChangeGateRule, { body: gateRule }, ({ member, body }) =>
  changeGateRule(member, body),
)
