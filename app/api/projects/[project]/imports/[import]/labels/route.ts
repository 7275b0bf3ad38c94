import { z } from 'zod'
import { mayImport } from '@/lib/cases/imports/policy'
import { listLabelValues } from '@/lib/cases/imports/previewing/data'
import { importParams } from '@/lib/cases/imports/schema'
import { projectRoute } from '@/lib/platform/route'

const query = z.object({ column: z.string().min(1) })

export const GET = projectRoute(
  mayImport,
  { params: importParams, query },
  ({ member, params, query }) => listLabelValues(member, params.import, query.column),
)
