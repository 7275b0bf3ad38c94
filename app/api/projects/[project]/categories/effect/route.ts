import { projectRoute } from '@/lib/platform/route'
import { getCategoryEffect } from '@/lib/projects/categories/data'
import { effectInput } from '@/lib/projects/categories/schema'
import { mayChangeProject } from '@/lib/projects/policy'

export const GET = projectRoute(mayChangeProject, { query: effectInput }, ({ member, query }) =>
  getCategoryEffect(member, query),
)
