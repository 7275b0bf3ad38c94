import { Hydrate } from '@/components/layout/hydrate'
import { CorrectionsPage } from '@/components/versions/corrections/corrections-page'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { getProject } from '@/lib/projects/data'
import { projectQuery } from '@/lib/projects/queries'
import { listConfusionPairs } from '@/lib/versions/corrections/data'
import { confusionPairsQuery } from '@/lib/versions/corrections/queries'
import { mayEditVersions, mayReadVersions } from '@/lib/versions/policy'

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const member = await gateMember(params, mayReadVersions)
  const slug = member.projectSlug
  const state = await prefetch(
    { query: projectQuery(slug), read: () => getProject(member) },
    { query: confusionPairsQuery(slug), read: () => listConfusionPairs(member) },
  )
  return (
    <Hydrate state={state}>
      <CorrectionsPage project={slug} mayEdit={mayEditVersions(member)} />
    </Hydrate>
  )
}
