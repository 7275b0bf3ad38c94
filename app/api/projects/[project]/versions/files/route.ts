import { projectRoute } from '@/lib/platform/route'
import { importFiles } from '@/lib/versions/files/mutations'
import { importQuery } from '@/lib/versions/files/schema'
import { readSentFiles } from '@/lib/versions/files/uploads/data'
import { mayEditVersions } from '@/lib/versions/policy'

/** The body is a zip, or a form with one zip or the files themselves: it has no schema. */
export const POST = projectRoute(
  mayEditVersions,
  { query: importQuery },
  async ({ member, query, request }) =>
    importFiles(member, await readSentFiles(request), query.parent),
)
