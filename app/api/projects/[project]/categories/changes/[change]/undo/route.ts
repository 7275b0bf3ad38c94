import { projectRoute } from '@/lib/platform/route'
import { undoCategoryChange } from '@/lib/projects/categories/mutations'
import { changeParams } from '@/lib/projects/categories/schema'
import { mayChangeProject } from '@/lib/projects/policy'

export const POST = projectRoute(mayChangeProject, { params: changeParams }, ({ member, params }) =>
  undoCategoryChange(member, params.change),
)
