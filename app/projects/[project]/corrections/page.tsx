import { Hydrate } from '@/components/layout/hydrate'
import { CorrectionsPage } from '@/components/versions/corrections/corrections-page'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { getProject } from '@/lib/projects/data'
import { projectQuery } from '@/lib/projects/queries'
import { getOverview } from '@/lib/versions/corrections/overview/data'
import { overviewQuery } from '@/lib/versions/corrections/queries'
import { overviewFilter } from '@/lib/versions/corrections/schema'
import { mayEditVersions, mayReadVersions } from '@/lib/versions/policy'

type Params = { params: Promise<{ project: string }>; searchParams: Promise<unknown> }

export default async function Page({ params, searchParams }: Params) {
  const member = await gateMember(params, mayReadVersions)
  const slug = member.projectSlug
  // What an address says wrongly the browser leaves out, and asks itself.
  const { data: filter } = overviewFilter.safeParse(await searchParams)
  const state = await prefetch(
    { query: projectQuery(slug), read: () => getProject(member) },
    ...(filter
      ? [{ query: overviewQuery(slug, filter), read: () => getOverview(member, filter) }]
      : []),
  )
  return (
    <Hydrate state={state}>
      <CorrectionsPage project={slug} mayEdit={mayEditVersions(member)} />
    </Hydrate>
  )
}
