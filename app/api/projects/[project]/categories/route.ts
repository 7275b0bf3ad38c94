import { projectRoute } from '@/lib/platform/route'
import { listCategoryUse } from '@/lib/projects/categories/data'
import { changeCategories } from '@/lib/projects/mutations'
import { mayChangeProject } from '@/lib/projects/policy'
import { categoriesChange } from '@/lib/projects/schema'

export const GET = projectRoute(mayChangeProject, {}, ({ member }) => listCategoryUse(member))

export const PUT = projectRoute(mayChangeProject, { body: categoriesChange }, ({ member, body }) =>
  changeCategories(member, body),
)
