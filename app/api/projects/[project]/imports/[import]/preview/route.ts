import { mayImport } from '@/lib/cases/imports/policy'
import { getPreview } from '@/lib/cases/imports/previewing/data'
import { importParams } from '@/lib/cases/imports/schema'
import { projectRoute } from '@/lib/platform/route'

export const GET = projectRoute(mayImport, { params: importParams }, ({ member, params }) =>
  getPreview(member, params.import),
)
