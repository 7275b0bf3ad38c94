import { Hydrate } from '@/components/layout/hydrate'
import { VersionPage } from '@/components/versions/version-page'
import { showExamples } from '@/lib/cases/sights/mutations'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { getProject } from '@/lib/projects/data'
import { projectQuery } from '@/lib/projects/queries'
import { getVersion, listShownExamples } from '@/lib/versions/data'
import { mayEditVersions, mayReadVersions } from '@/lib/versions/policy'
import { versionQuery } from '@/lib/versions/queries'

type Props = { params: Promise<{ project: string; version: string }> }

export default async function Page({ params }: Props) {
  const member = await gateMember(params, mayReadVersions)
  const { version } = await params
  const slug = member.projectSlug
  const state = await prefetch(
    { query: projectQuery(slug), read: () => getProject(member) },
    {
      query: versionQuery(slug, version),
      read: () => showExamples(member, getVersion(member, version), listShownExamples),
    },
  )
  return (
    <Hydrate state={state}>
      <VersionPage
        project={slug}
        person={member.userId}
        version={version}
        mayEdit={mayEditVersions(member)}
      />
    </Hydrate>
  )
}
