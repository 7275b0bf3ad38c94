import { TrainingDataPage } from '@/components/datasets/training-data-page'
import { Hydrate } from '@/components/layout/hydrate'
import { getTrainingData } from '@/lib/datasets/data'
import { mayReadTrainingData } from '@/lib/datasets/policy'
import { trainingDataQuery } from '@/lib/datasets/queries'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const member = await gateMember(params, mayReadTrainingData)
  const slug = member.projectSlug
  const state = await prefetch({
    query: trainingDataQuery(slug),
    read: () => getTrainingData(member),
  })
  return (
    <Hydrate state={state}>
      <TrainingDataPage project={slug} />
    </Hydrate>
  )
}
