import { projectRoute } from '@/lib/platform/route'
import { undoInput } from '@/lib/reviews/answers/schema'
import { mayReview } from '@/lib/reviews/policy'
import { undoReview } from '@/lib/reviews/undo/mutations'

export const POST = projectRoute(mayReview, { body: undoInput }, ({ member, body }) =>
  undoReview(member, body),
)
