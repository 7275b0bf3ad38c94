import { recordSights } from '@/lib/cases/sights/mutations'
import { chooseRedaction } from '@/lib/datasets/files/data'
import { downloadHeaders } from '@/lib/datasets/files/rules'
import { labelsQuery } from '@/lib/datasets/schema'
import { projectRoute } from '@/lib/platform/route'
import { packVersion } from '@/lib/versions/files/data'
import { mayReadVersions } from '@/lib/versions/policy'
import { versionParams } from '@/lib/versions/schema'

/** A version as files, in a zip, with what the project replaces replaced in its examples. They show the labels of its examples, so what was seen is remembered. */
export const GET = projectRoute(
  mayReadVersions,
  { params: versionParams, query: labelsQuery },
  async ({ member, params, query }) => {
    const { redaction, headers } = await chooseRedaction(member.projectId, query.personalData)
    const { fileName, bytes, caseIds } = await packVersion(member, params.version, redaction)
    await recordSights(member, caseIds)
    return new Response(new Uint8Array(bytes), {
      headers: { ...downloadHeaders(fileName, 'application/zip'), ...headers },
    })
  },
)
