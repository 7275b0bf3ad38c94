import { Hydrate } from '@/components/layout/hydrate'
import { PricesPage } from '@/components/projects/prices/prices-page'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { getPricesView } from '@/lib/runs/prices/data'
import { mayReadPrices } from '@/lib/runs/prices/policy'
import { pricesQuery } from '@/lib/runs/prices/queries'

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const member = await gateMember(params, mayReadPrices)
  const slug = member.projectSlug
  const state = await prefetch({ query: pricesQuery(slug), read: () => getPricesView(member) })
  return (
    <Hydrate state={state}>
      <PricesPage project={slug} />
    </Hydrate>
  )
}
