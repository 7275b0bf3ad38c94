import { BulkConfirmPage } from '@/components/bulk-confirm/bulk-confirm-page'
import { Hydrate } from '@/components/layout/hydrate'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { getBulkView } from '@/lib/reviews/bulk/data'
import { mayConfirmBulk } from '@/lib/reviews/bulk/policy'
import { bulkQuery } from '@/lib/reviews/bulk/queries'

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const member = await gateMember(params, mayConfirmBulk)
  const slug = member.projectSlug
  const state = await prefetch({ query: bulkQuery(slug), read: () => getBulkView(member) })
  return (
    <Hydrate state={state}>
      <BulkConfirmPage project={slug} />
    </Hydrate>
  )
}
