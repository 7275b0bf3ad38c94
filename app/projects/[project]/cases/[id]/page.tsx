import { notFound } from 'next/navigation'
import { CasePage } from '@/components/cases/case-page'
import { CaseCheckCard } from '@/components/checks/case-check-card'
import { Hydrate } from '@/components/layout/hydrate'
import { findCase } from '@/lib/cases/opening/data'
import { openCase } from '@/lib/cases/opening/mutations'
import { caseQuery } from '@/lib/cases/opening/queries'
import { caseParams } from '@/lib/cases/opening/schema'
import { mayReadCases } from '@/lib/cases/policy'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { mayManageChecks } from '@/lib/reviews/checks/policy'

type Params = Promise<{ project: string; id: string }>

export default async function Page({ params }: { params: Params }) {
  const member = await gateMember(params, mayReadCases)
  const place = caseParams.safeParse(await params)
  if (!place.success || !(await findCase(member, place.data.id))) notFound()
  const { id } = place.data
  const slug = member.projectSlug
  const state = await prefetch({ query: caseQuery(slug, id), read: () => openCase(member, id) })
  return (
    <Hydrate state={state}>
      <CasePage
        project={slug}
        caseId={id}
        extra={mayManageChecks(member) ? <CaseCheckCard project={slug} caseId={id} /> : null}
      />
    </Hydrate>
  )
}
