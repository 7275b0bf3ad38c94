import { Hydrate } from '@/components/layout/hydrate'
import { VersionsPage } from '@/components/versions/versions-page'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { listVersions } from '@/lib/versions/history/data'
import { mayEditVersions, mayReadVersions } from '@/lib/versions/policy'
import { versionsQuery } from '@/lib/versions/queries'
import { listReleases } from '@/lib/versions/releases/data'
import { releasesQuery } from '@/lib/versions/releases/queries'

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const member = await gateMember(params, mayReadVersions)
  const slug = member.projectSlug
  const state = await prefetch(
    { query: versionsQuery(slug), read: () => listVersions(member) },
    { query: releasesQuery(slug), read: () => listReleases(member) },
  )
  return (
    <Hydrate state={state}>
      <VersionsPage project={slug} mayEdit={mayEditVersions(member)} />
    </Hydrate>
  )
}
