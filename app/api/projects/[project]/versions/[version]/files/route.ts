import { recordSights } from '@/lib/cases/sights/mutations'
import { downloadHeaders } from '@/lib/datasets/files/rules'
import { projectRoute } from '@/lib/platform/route'
import { packVersion } from '@/lib/versions/files/data'
import { mayReadVersions } from '@/lib/versions/policy'
import { versionParams } from '@/lib/versions/schema'

/** A version as files, in a zip. They show the labels of its examples, so what was seen is remembered. */
export const GET = projectRoute(
  mayReadVersions,
  { params: versionParams },
  async ({ member, params }) => {
    const { fileName, bytes, caseIds } = await packVersion(member, params.version)
    await recordSights(member, caseIds)
    return new Response(new Uint8Array(bytes), {
      headers: downloadHeaders(fileName, 'application/zip'),
    })
  },
)
