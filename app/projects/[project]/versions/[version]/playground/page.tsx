import { Hydrate } from '@/components/layout/hydrate'
import { PlaygroundPage } from '@/components/versions/playground/playground-page'
import { showExamples } from '@/lib/cases/sights/mutations'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { getVersion, listShownExamples } from '@/lib/versions/data'
import { mayTry } from '@/lib/versions/playground/policy'
import { mayReadVersions } from '@/lib/versions/policy'
import { versionQuery } from '@/lib/versions/queries'

type Props = { params: Promise<{ project: string; version: string }> }

export default async function Page({ params }: Props) {
  const member = await gateMember(params, mayReadVersions)
  const { version } = await params
  const slug = member.projectSlug
  const state = await prefetch({
    query: versionQuery(slug, version),
    read: () => showExamples(member, getVersion(member, version), listShownExamples),
  })
  return (
    <Hydrate state={state}>
      <PlaygroundPage project={slug} version={version} mayTry={mayTry(member)} />
    </Hydrate>
  )
}
