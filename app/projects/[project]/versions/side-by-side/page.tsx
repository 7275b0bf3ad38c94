import { Hydrate } from '@/components/layout/hydrate'
import { SideBySidePage } from '@/components/versions/side-by-side/side-by-side-page'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { listVersions } from '@/lib/versions/history/data'
import { mayEditVersions, mayReadVersions } from '@/lib/versions/policy'
import { versionsQuery } from '@/lib/versions/queries'

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const member = await gateMember(params, mayReadVersions)
  const slug = member.projectSlug
  const state = await prefetch({ query: versionsQuery(slug), read: () => listVersions(member) })
  return (
    <Hydrate state={state}>
      <SideBySidePage project={slug} mayEdit={mayEditVersions(member)} />
    </Hydrate>
  )
}
