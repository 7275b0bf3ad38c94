import { DisagreementsPage } from '@/components/disagreements/disagreements-page'
import { Hydrate } from '@/components/layout/hydrate'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { listDefinitions } from '@/lib/reviews/definitions/data'
import { definitionsQuery } from '@/lib/reviews/definitions/queries'
import { maySettle } from '@/lib/reviews/disagreements/policy'

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const member = await gateMember(params, maySettle)
  const slug = member.projectSlug
  const state = await prefetch({
    query: definitionsQuery(slug),
    read: () => listDefinitions(member),
  })
  return (
    <Hydrate state={state}>
      <DisagreementsPage project={slug} />
    </Hydrate>
  )
}
