import { Hydrate } from '@/components/layout/hydrate'
import { TrialPage } from '@/components/versions/trial/trial-page'
import { showExamples } from '@/lib/cases/sights/mutations'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { findMeasuredBefore } from '@/lib/runs/experiments/measured/data'
import { measuredBeforeQuery } from '@/lib/runs/experiments/queries'
import { getVersion, listShownExamples } from '@/lib/versions/data'
import { mayEditVersions, mayReadVersions } from '@/lib/versions/policy'
import { versionQuery } from '@/lib/versions/queries'
import { getTrial } from '@/lib/versions/trials/data'
import { trialQuery } from '@/lib/versions/trials/queries'

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
    { query: trialQuery(slug, version), read: () => getTrial(member, version) },
  )
  return (
    <Hydrate state={state}>
      <TrialPage project={slug} version={version} mayEdit={mayEditVersions(member)} />
    </Hydrate>
  )
}
