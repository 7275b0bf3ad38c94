import { projectRoute } from '@/lib/platform/route'
import { changeCategories } from '@/lib/projects/mutations'
import { mayChangeProject } from '@/lib/projects/policy'
import { categoriesChange } from '@/lib/projects/schema'

export const PUT = projectRoute(mayChangeProject, { body: categoriesChange }, ({ member, body }) =>
  changeCategories(member, body),
)
