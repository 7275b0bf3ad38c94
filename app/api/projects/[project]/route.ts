import { anyMember } from '@/lib/platform/access'
import { projectRoute } from '@/lib/platform/route'
import { getProject } from '@/lib/projects/data'
import { changeProject } from '@/lib/projects/mutations'
import { mayChangeProject } from '@/lib/projects/policy'
import { projectChange } from '@/lib/projects/schema'

export const GET = projectRoute(anyMember, {}, ({ member }) => getProject(member))

export const PATCH = projectRoute(mayChangeProject, { body: projectChange }, ({ member, body }) =>
  changeProject(member, body),
)
