import { projectRoute } from '@/lib/platform/route'
import { getCategoryHistory } from '@/lib/projects/categories/data'
import { makeCategoryChange } from '@/lib/projects/categories/mutations'
import { categoryChangeInput } from '@/lib/projects/categories/schema'
import { mayChangeProject } from '@/lib/projects/policy'

export const GET = projectRoute(mayChangeProject, {}, ({ member }) => getCategoryHistory(member))

export const POST = projectRoute(
  mayChangeProject,
  { body: categoryChangeInput },
  ({ member, body }) => makeCategoryChange(member, body),
)
