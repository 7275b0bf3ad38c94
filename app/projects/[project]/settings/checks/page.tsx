import { ChecksPage } from '@/components/checks/checks-page'
import { Hydrate } from '@/components/layout/hydrate'
import { recordSights } from '@/lib/cases/sights/mutations'
import type { Member } from '@/lib/platform/access'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { listChecks } from '@/lib/reviews/checks/managing/data'
import { checksQuery } from '@/lib/reviews/checks/managing/queries'
import { listSeenChecks } from '@/lib/reviews/checks/managing/rules'
import { mayManageChecks, maySeePeople } from '@/lib/reviews/checks/policy'
import { listReviewers } from '@/lib/reviews/people/data'
import { reviewersQuery } from '@/lib/reviews/people/queries'

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const member = await gateMember(params, mayManageChecks)
  const slug = member.projectSlug
  const people = maySeePeople(member)
  const state = await prefetch(
    { query: checksQuery(slug), read: () => openChecks(member) },
    ...(people ? [{ query: reviewersQuery(slug), read: () => listReviewers(member) }] : []),
  )
  return (
    <Hydrate state={state}>
      <ChecksPage project={slug} people={people} />
    </Hydrate>
  )
}

/** As the route does: known answers in view are remembered as seen. */
async function openChecks(member: Member) {
  const list = await listChecks(member)
  await recordSights(member, listSeenChecks(list))
  return list
}
