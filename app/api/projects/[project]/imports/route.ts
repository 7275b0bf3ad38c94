import { z } from 'zod'
import { listImports } from '@/lib/cases/imports/data'
import { uploadFile } from '@/lib/cases/imports/mutations'
import { mayImport } from '@/lib/cases/imports/policy'
import { projectRoute } from '@/lib/platform/route'

export const GET = projectRoute(mayImport, {}, ({ member }) => listImports(member))

const query = z.object({ fileName: z.string().trim().min(1).max(255) })

/** The body is the file itself, streamed: it has no schema. */
export const POST = projectRoute(mayImport, { query }, ({ member, query, request }) => {
  const length = request.headers.get('content-length')
  const bytes = length === null ? null : Number(length)
  return uploadFile(member, { fileName: query.fileName, body: request.body, bytes })
})
