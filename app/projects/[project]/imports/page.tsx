import { ImportsPage } from '@/components/cases/imports/imports-page'
import { Hydrate } from '@/components/layout/hydrate'
import { listImports } from '@/lib/cases/imports/data'
import { mayImport } from '@/lib/cases/imports/policy'
import { importsQuery } from '@/lib/cases/imports/queries'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const member = await gateMember(params, mayImport)
  const slug = member.projectSlug
  const state = await prefetch({ query: importsQuery(slug), read: () => listImports(member) })
  return (
    <Hydrate state={state}>
      <ImportsPage project={slug} />
    </Hydrate>
  )
}
