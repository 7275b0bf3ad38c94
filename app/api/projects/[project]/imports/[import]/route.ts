import { getImport } from '@/lib/cases/imports/data'
import { discardImport } from '@/lib/cases/imports/mutations'
import { mayImport } from '@/lib/cases/imports/policy'
import { importParams } from '@/lib/cases/imports/schema'
import { projectRoute } from '@/lib/platform/route'

export const GET = projectRoute(mayImport, { params: importParams }, ({ member, params }) =>
  getImport(member, params.import),
)

export const DELETE = projectRoute(mayImport, { params: importParams }, ({ member, params }) =>
  discardImport(member, params.import),
)
