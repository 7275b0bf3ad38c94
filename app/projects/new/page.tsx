import { notFound } from 'next/navigation'
import { NewProjectPage } from '@/components/projects/new-project-page'
import { gateActor } from '@/lib/platform/gate'
import { canCreateProject } from '@/lib/projects/data'

export default async function Page() {
  const actor = await gateActor()
  if (!(await canCreateProject(actor))) notFound()
  return <NewProjectPage />
}
