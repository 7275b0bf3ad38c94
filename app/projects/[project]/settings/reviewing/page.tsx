import { Hydrate } from '@/components/layout/hydrate'
import { ReviewingPage } from '@/components/reviewing/reviewing-page'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { getProject } from '@/lib/projects/data'
import { projectQuery } from '@/lib/projects/queries'
import { listHandouts } from '@/lib/reviews/handouts/data'
import { mayGiveWork } from '@/lib/reviews/handouts/policy'
import { handoutsQuery } from '@/lib/reviews/handouts/queries'
import { getReviewSettings } from '@/lib/reviews/settings/data'
import { mayChangeReviewSettings } from '@/lib/reviews/settings/policy'
import { reviewSettingsQuery } from '@/lib/reviews/settings/queries'

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const member = await gateMember(params, mayGiveWork)
  const slug = member.projectSlug
  const state = await prefetch(
    { query: projectQuery(slug), read: () => getProject(member) },
    { query: reviewSettingsQuery(slug), read: () => getReviewSettings(member.projectId) },
    { query: handoutsQuery(slug), read: () => listHandouts(member) },
  )
  return (
    <Hydrate state={state}>
      <ReviewingPage project={slug} mayChange={mayChangeReviewSettings(member)} />
    </Hydrate>
  )
}
