import { startImport } from '@/lib/cases/imports/mutations'
import { mayImport } from '@/lib/cases/imports/policy'
import { importParams, importStart } from '@/lib/cases/imports/schema'
import { projectRoute } from '@/lib/platform/route'

export const POST = projectRoute(
  mayImport,
  { params: importParams, body: importStart },
  ({ member, params, body }) => startImport(member, params.import, body),
)
