import { projectRoute } from '@/lib/platform/route'
import { listMembers } from '@/lib/projects/members/data'
import { addMember } from '@/lib/projects/members/mutations'
import { newMember } from '@/lib/projects/members/schema'
import { mayManageMembers } from '@/lib/projects/policy'

export const GET = projectRoute(mayManageMembers, {}, ({ member }) => listMembers(member))

export const POST = projectRoute(mayManageMembers, { body: newMember }, ({ member, body }) =>
  addMember(member, body),
)
