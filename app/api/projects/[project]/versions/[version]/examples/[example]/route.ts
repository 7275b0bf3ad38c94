import { projectRoute } from '@/lib/platform/route'
import { getVersion } from '@/lib/versions/data'
import { editQuery } from '@/lib/versions/drafts/schema'
import { changeExample, removeExample } from '@/lib/versions/examples/mutations'
import { exampleChange, exampleParams } from '@/lib/versions/examples/schema'
import { mayEditVersions } from '@/lib/versions/policy'

export const PATCH = projectRoute(
  mayEditVersions,
  { params: exampleParams, body: exampleChange },
  async ({ member, params, body }) => {
    await changeExample(member, params.version, params.example, body)
    return getVersion(member, params.version)
  },
)

export const DELETE = projectRoute(
  mayEditVersions,
  { params: exampleParams, query: editQuery },
  async ({ member, params, query }) => {
    await removeExample(member, params.version, params.example, query.edit)
    return getVersion(member, params.version)
  },
)
