import { projectRoute } from '@/lib/platform/route'
import { trainingParams } from '@/lib/reviews/checks/managing/schema'
import { mayLetIn } from '@/lib/reviews/checks/policy'
import { letIn } from '@/lib/reviews/checks/mutations'

export const POST = projectRoute(mayLetIn, { params: trainingParams }, ({ member, params }) =>
  letIn(member, params.user),
)
