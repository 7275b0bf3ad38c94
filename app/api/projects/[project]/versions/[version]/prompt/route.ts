import { showExamples } from '@/lib/cases/sights/mutations'
import { projectRoute } from '@/lib/platform/route'
import { findVersionByRef, getPromptContent } from '@/lib/versions/data'
import { mayReadVersions } from '@/lib/versions/policy'
import { renderSections } from '@/lib/versions/rendering/rules'
import { versionParams } from '@/lib/versions/schema'

/** The fixed part of the prompt, section by section, as every case of a run gets it. */
export const GET = projectRoute(
  mayReadVersions,
  { params: versionParams },
  async ({ member, params }) => {
    const { id } = await findVersionByRef(member.projectId, params.version)
    const read = getPromptContent(member.projectId, id)
    const content = await showExamples(member, read, ({ examples }) =>
      examples.map((one) => one.id),
    )
    return { sections: renderSections(content) }
  },
)
