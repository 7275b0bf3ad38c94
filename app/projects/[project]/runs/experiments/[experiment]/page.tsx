import { notFound } from 'next/navigation'
import { Hydrate } from '@/components/layout/hydrate'
import { ExperimentPage } from '@/components/runs/experiments/experiment-page'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { getExperiment } from '@/lib/runs/experiments/data'
import { experimentQuery } from '@/lib/runs/experiments/queries'
import { experimentParams } from '@/lib/runs/experiments/schema'
import { mayReadRuns, mayRun } from '@/lib/runs/policy'

export default async function Page({
  params,
}: {
  params: Promise<{ project: string; experiment: string }>
}) {
  const member = await gateMember(params, mayReadRuns)
  const place = experimentParams.safeParse(await params)
  if (!place.success) notFound()
  const slug = member.projectSlug
  const { experiment } = place.data
  const state = await prefetch({
    query: experimentQuery(slug, experiment),
    read: () => getExperiment(member, experiment),
  })
  return (
    <Hydrate state={state}>
      <ExperimentPage project={slug} experimentId={experiment} canRun={mayRun(member)} />
    </Hydrate>
  )
}
