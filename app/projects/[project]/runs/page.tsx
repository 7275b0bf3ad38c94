import { Hydrate } from '@/components/layout/hydrate'
import { RunsPage } from '@/components/runs/runs-page'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { listRuns } from '@/lib/runs/data'
import { mayReadRuns, mayRun } from '@/lib/runs/policy'
import { runsQuery } from '@/lib/runs/queries'
import { getSpending } from '@/lib/runs/spending/data'
import { spendingQuery } from '@/lib/runs/spending/queries'
import { getLabelDesk } from '@/lib/runs/standing/data'
import { labelDeskQuery } from '@/lib/runs/standing/queries'

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const member = await gateMember(params, mayReadRuns)
  const slug = member.projectSlug
  const state = await prefetch(
    { query: runsQuery(slug), read: () => listRuns(member) },
    { query: spendingQuery(slug), read: () => getSpending(member) },
    { query: labelDeskQuery(slug), read: () => getLabelDesk(member) },
  )
  return (
    <Hydrate state={state}>
      <RunsPage project={slug} canRun={mayRun(member)} />
    </Hydrate>
  )
}
