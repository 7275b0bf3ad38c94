import { projectRoute } from '@/lib/platform/route'
import { changeMember, removeMember } from '@/lib/projects/members/mutations'
import { memberChange, memberParams } from '@/lib/projects/members/schema'
import { mayManageMembers } from '@/lib/projects/policy'

export const PATCH = projectRoute(
  mayManageMembers,
  { params: memberParams, body: memberChange },
  ({ member, params, body }) => changeMember(member, params.user, body),
)

export const DELETE = projectRoute(
  mayManageMembers,
  { params: memberParams },
  ({ member, params }) => removeMember(member, params.user),
)
