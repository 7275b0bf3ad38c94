import { Hydrate } from '@/components/layout/hydrate'
import { ReviewPage } from '@/components/review/review-page'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { listDefinitions } from '@/lib/reviews/definitions/data'
import { definitionsQuery } from '@/lib/reviews/definitions/queries'
import { mayReview } from '@/lib/reviews/policy'
import { getReviewProgress } from '@/lib/reviews/progress/data'
import { reviewProgressQuery } from '@/lib/reviews/progress/queries'

export const metadata = { title: 'Review' }

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const member = await gateMember(params, mayReview)
  const slug = member.projectSlug
  const state = await prefetch(
    { query: reviewProgressQuery(slug), read: () => getReviewProgress(member) },
    { query: definitionsQuery(slug), read: () => listDefinitions(member) },
  )
  return (
    <Hydrate state={state}>
      <ReviewPage project={slug} userId={member.userId} role={member.role} />
    </Hydrate>
  )
}
