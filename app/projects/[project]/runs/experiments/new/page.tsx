import { Hydrate } from '@/components/layout/hydrate'
import { NewExperimentPage } from '@/components/runs/experiments/new-experiment-page'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { getRunOptions } from '@/lib/runs/estimates/data'
import { mayRun } from '@/lib/runs/policy'
import { runOptionsQuery } from '@/lib/runs/queries'

type Props = {
  params: Promise<{ project: string }>
  searchParams: Promise<{ version?: string }>
}

export default async function Page({ params, searchParams }: Props) {
  const member = await gateMember(params, mayRun)
  const { version } = await searchParams
  const slug = member.projectSlug
  const state = await prefetch({ query: runOptionsQuery(slug), read: () => getRunOptions(member) })
  return (
    <Hydrate state={state}>
      <NewExperimentPage project={slug} versionId={version} />
    </Hydrate>
  )
}
