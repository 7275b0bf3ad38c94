import { projectRoute } from '@/lib/platform/route'
import { editQuery } from '@/lib/versions/drafts/schema'
import { changeExample, removeExample } from '@/lib/versions/examples/mutations'
import { exampleChange, exampleParams } from '@/lib/versions/examples/schema'
import { mayEditVersions } from '@/lib/versions/policy'

export const PATCH = projectRoute(
  mayEditVersions,
  { params: exampleParams, body: exampleChange },
  ({ member, params, body }) => changeExample(member, params.version, params.example, body),
)

export const DELETE = projectRoute(
  mayEditVersions,
  { params: exampleParams, query: editQuery },
  ({ member, params, query }) => removeExample(member, params.version, params.example, query.edit),
)
