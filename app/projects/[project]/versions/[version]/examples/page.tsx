import { Hydrate } from '@/components/layout/hydrate'
import { EffectsPage } from '@/components/versions/effects/effects-page'
import { showExamples } from '@/lib/cases/sights/mutations'
import { gateMember } from '@/lib/platform/gate'
import { prefetch } from '@/lib/platform/prefetch'
import { getEffects, listStudied } from '@/lib/runs/effects/data'
import { effectsQuery } from '@/lib/runs/effects/queries'
import { getVersion, listShownExamples } from '@/lib/versions/data'
import { mayEditVersions, mayReadVersions } from '@/lib/versions/policy'
import { versionQuery } from '@/lib/versions/queries'

type Props = { params: Promise<{ project: string; version: string }> }

export default async function Page({ params }: Props) {
  const member = await gateMember(params, mayReadVersions)
  const { version } = await params
  const slug = member.projectSlug
  const state = await prefetch(
    {
      query: versionQuery(slug, version),
      read: () => showExamples(member, getVersion(member, version), listShownExamples),
    },
    {
      query: effectsQuery(slug, version),
      read: () => showExamples(member, getEffects(member, version), listStudied),
    },
  )
  return (
    <Hydrate state={state}>
      <EffectsPage project={slug} version={version} mayEdit={mayEditVersions(member)} />
    </Hydrate>
  )
}
