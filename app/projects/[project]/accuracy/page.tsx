import { AccuracyPage } from '@/components/accuracy/accuracy-page'
import { Hydrate } from '@/components/layout/hydrate'
import { getAccuracy } from '@/lib/accuracy/data'
import { getMatrix } from '@/lib/accuracy/matrix/data'
import { mayReadAccuracy } from '@/lib/accuracy/policy'
import { accuracyQuery, matrixQuery } from '@/lib/accuracy/queries'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { mayRun } from '@/lib/runs/policy'

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const member = await gateMember(params, mayReadAccuracy)
  const slug = member.projectSlug
  const accuracy = await getAccuracy(member)
  const runId = accuracy.verdict?.runId
  const state = await prefetch(
    { query: accuracyQuery(slug), read: async () => accuracy },
    ...(runId ? [{ query: matrixQuery(slug, runId), read: () => getMatrix(member, runId) }] : []),
  )
  return (
    <Hydrate state={state}>
      <AccuracyPage project={slug} mayRun={mayRun(member)} />
    </Hydrate>
  )
}
