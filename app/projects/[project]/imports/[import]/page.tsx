import { notFound } from 'next/navigation'
import { ImportPage } from '@/components/cases/imports/import-page'
import { Hydrate } from '@/components/layout/hydrate'
import { findImport } from '@/lib/cases/imports/data'
import { mayImport } from '@/lib/cases/imports/policy'
import { importQuery } from '@/lib/cases/imports/queries'
import { importParams } from '@/lib/cases/imports/schema'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { getProject } from '@/lib/projects/data'
import { projectQuery } from '@/lib/projects/queries'

type Params = Promise<{ project: string; import: string }>

export default async function Page({ params }: { params: Params }) {
  const member = await gateMember(params, mayImport)
  const place = importParams.safeParse(await params)
  const found = place.success ? await findImport(member, place.data.import) : null
  if (!found) notFound()
  const slug = member.projectSlug
  const state = await prefetch(
    { query: importQuery(slug, found.id), read: async () => found },
    { query: projectQuery(slug), read: () => getProject(member) },
  )
  return (
    <Hydrate state={state}>
      <ImportPage project={slug} importId={found.id} />
    </Hydrate>
  )
}
