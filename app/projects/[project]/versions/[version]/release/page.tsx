import { Hydrate } from '@/components/layout/hydrate'
import { ReleasePage } from '@/components/versions/release/release-page'
import { showExamples } from '@/lib/cases/sights/mutations'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { findMeasuredBefore } from '@/lib/runs/experiments/measured/data'
import { measuredBeforeQuery } from '@/lib/runs/experiments/queries'
import { getVersion, listShownExamples } from '@/lib/versions/data'
import { reachQuery } from '@/lib/versions/gate/queries'
import { getReach } from '@/lib/versions/gate/reach/data'
import { mayEditVersions, mayReadVersions } from '@/lib/versions/policy'
import { versionQuery } from '@/lib/versions/queries'
import { getGate, listReleases } from '@/lib/versions/releases/data'
import { gateQuery, releasesQuery } from '@/lib/versions/releases/queries'

type Props = { params: Promise<{ project: string; version: string }> }

export default async function Page({ params }: Props) {
  const member = await gateMember(params, mayReadVersions)
  const { version } = await params
  const slug = member.projectSlug
  const state = await prefetch(
    {
      query: versionQuery(slug, version),
      read: () => showExamples(member, getVersion(member, version), listShownExamples),
    },
    { query: measuredBeforeQuery(slug, version), read: () => findMeasuredBefore(member, version) },
    { query: gateQuery(slug, version), read: () => getGate(member, version) },
    { query: reachQuery(slug, version), read: () => getReach(member, version) },
    { query: releasesQuery(slug), read: () => listReleases(member) },
  )
  return (
    <Hydrate state={state}>
      <ReleasePage project={slug} version={version} mayEdit={mayEditVersions(member)} />
    </Hydrate>
  )
}
