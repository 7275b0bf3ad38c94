import { Hydrate } from '@/components/layout/hydrate'
import { ProposalsPage } from '@/components/versions/proposals/proposals-page'
import { recordSights, showExamples } from '@/lib/cases/sights/mutations'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { getVersion, listShownExamples } from '@/lib/versions/data'
import { mayEditVersions, mayReadVersions } from '@/lib/versions/policy'
import { getProposals, listSources } from '@/lib/versions/proposals/data'
import { proposalsQuery } from '@/lib/versions/proposals/queries'
import { versionQuery } from '@/lib/versions/queries'

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
    {
      query: proposalsQuery(slug, version),
      read: async () => {
        const proposals = await getProposals(member, version)
        await recordSights(member, listSources(proposals))
        return proposals
      },
    },
  )
  return (
    <Hydrate state={state}>
      <ProposalsPage project={slug} version={version} mayEdit={mayEditVersions(member)} />
    </Hydrate>
  )
}
