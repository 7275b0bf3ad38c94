import { streamProblems } from '@/lib/cases/imports/data'
import { mayImport } from '@/lib/cases/imports/policy'
import { importParams } from '@/lib/cases/imports/schema'
import { projectRoute } from '@/lib/platform/route'

export const GET = projectRoute(mayImport, { params: importParams }, async ({ member, params }) => {
  const headers = {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="bad-rows.csv"',
    'cache-control': 'no-store',
  }
  return new Response(await streamProblems(member, params.import), { headers })
})
