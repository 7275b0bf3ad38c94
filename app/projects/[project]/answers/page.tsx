import { Hydrate } from '@/components/layout/hydrate'
import { AnswersPage } from '@/components/review/answers-page'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { listOwnAnswers } from '@/lib/reviews/answers/data'
import { ownAnswersQuery } from '@/lib/reviews/answers/queries'
import { mayReview } from '@/lib/reviews/policy'

export const metadata = { title: 'My answers' }

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const member = await gateMember(params, mayReview)
  const slug = member.projectSlug
  const state = await prefetch({
    query: ownAnswersQuery(slug),
    read: async () => ({ pages: [await listOwnAnswers(member)], pageParams: [null] }),
  })
  return (
    <Hydrate state={state}>
      <AnswersPage project={slug} />
    </Hydrate>
  )
}
