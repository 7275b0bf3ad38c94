import { Hydrate } from '@/components/layout/hydrate'
import { ExperimentsPage } from '@/components/runs/experiments/experiments-page'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { listExperiments } from '@/lib/runs/experiments/data'
import { experimentsQuery } from '@/lib/runs/experiments/queries'
import { mayReadRuns, mayRun } from '@/lib/runs/policy'

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const member = await gateMember(params, mayReadRuns)
  const slug = member.projectSlug
  const state = await prefetch({
    query: experimentsQuery(slug),
    read: () => listExperiments(member),
  })
  return (
    <Hydrate state={state}>
      <ExperimentsPage project={slug} canRun={mayRun(member)} />
    </Hydrate>
  )
}
