import { notFound } from 'next/navigation'
import { Hydrate } from '@/components/layout/hydrate'
import { RunPage } from '@/components/runs/run-page'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { findRun } from '@/lib/runs/data'
import { mayReadRuns, mayRun } from '@/lib/runs/policy'
import { runQuery } from '@/lib/runs/queries'
import { runParams } from '@/lib/runs/schema'

export default async function Page({
  params,
}: {
  params: Promise<{ project: string; run: string }>
}) {
  const member = await gateMember(params, mayReadRuns)
  const place = runParams.safeParse(await params)
  const run = place.success ? await findRun(member, place.data.run) : null
  if (!run) notFound()
  const slug = member.projectSlug
  const state = await prefetch({ query: runQuery(slug, run.id), read: async () => run })
  return (
    <Hydrate state={state}>
      <RunPage project={slug} runId={run.id} canRun={mayRun(member)} />
    </Hydrate>
  )
}
