import { CasesPage } from '@/components/cases/cases-page'
import { Hydrate } from '@/components/layout/hydrate'
import { mayImport } from '@/lib/cases/imports/policy'
import { countCases } from '@/lib/cases/listing/data'
import { caseCountsQuery } from '@/lib/cases/listing/queries'
import { mayListLabels, mayReadCases } from '@/lib/cases/policy'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { getProject } from '@/lib/projects/data'
import { projectQuery } from '@/lib/projects/queries'
import { mayConfirmBulk } from '@/lib/reviews/bulk/policy'

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const member = await gateMember(params, mayReadCases)
  const slug = member.projectSlug
  const canSeeLabels = mayListLabels(member)
  const counts = { query: caseCountsQuery(slug), read: () => countCases(member) }
  const project = { query: projectQuery(slug), read: () => getProject(member) }
  const state = await prefetch(project, ...(canSeeLabels ? [counts] : []))
  return (
    <Hydrate state={state}>
      <CasesPage
        project={slug}
        canSeeLabels={canSeeLabels}
        canImport={mayImport(member)}
        canConfirmBulk={mayConfirmBulk(member)}
      />
    </Hydrate>
  )
}
