import { projectRoute } from '@/lib/platform/route'
import { trainingParams } from '@/lib/reviews/checks/managing/schema'
import { letIn } from '@/lib/reviews/checks/mutations'
import { mayLetIn } from '@/lib/reviews/checks/policy'

export const POST = projectRoute(mayLetIn, { params: trainingParams }, ({ member, params }) =>
  letIn(member, params.user),
)
