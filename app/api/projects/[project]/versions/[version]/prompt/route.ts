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
    return { sections: renderSections(await getPromptContent(member.projectId, id)) }
  },
)
