import { Hydrate } from '@/components/layout/hydrate'
import { SettingsPage } from '@/components/projects/settings-page'
import { getRedactionView } from '@/lib/cases/redaction/data'
import { redactionQuery } from '@/lib/cases/redaction/queries'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { getCategoryHistory, listCategoryUse } from '@/lib/projects/categories/data'
import { categoryHistoryQuery, categoryUseQuery } from '@/lib/projects/categories/queries'
import { getProject } from '@/lib/projects/data'
import { listMembers } from '@/lib/projects/members/data'
import { membersQuery } from '@/lib/projects/members/queries'
import { mayChangeProject } from '@/lib/projects/policy'
import { projectQuery } from '@/lib/projects/queries'
import { getGateRule } from '@/lib/versions/gate/data'
import { gateRuleQuery } from '@/lib/versions/gate/queries'

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const member = await gateMember(params, mayChangeProject)
  const slug = member.projectSlug
  const state = await prefetch(
    { query: projectQuery(slug), read: () => getProject(member) },
    { query: categoryUseQuery(slug), read: () => listCategoryUse(member) },
    { query: gateRuleQuery(slug), read: () => getGateRule(member.projectId) },
    { query: categoryHistoryQuery(slug), read: () => getCategoryHistory(member) },
    { query: redactionQuery(slug), read: () => getRedactionView(member) },
    { query: membersQuery(slug), read: () => listMembers(member) },
  )
  return (
    <Hydrate state={state}>
      <SettingsPage project={slug} />
    </Hydrate>
  )
}
