import { AppError, invalid } from '@/lib/platform/errors'
import type { SentFile } from '../archives/rules'

const MOST_BYTES = 20 * 1024 * 1024

/**
 * The files of a request: those of a form, or its body as one zip. Throws `too_large` as soon as more
 * than 20 MB have come, and `invalid` for a form that breaks off.
 */
export async function readSentFiles(request: Request): Promise<SentFile[]> {
  const type = request.headers.get('content-type') ?? ''
  const bytes = await readBytes(request)
  if (!type.startsWith('multipart/form-data')) return [{ name: 'files.zip', bytes }]
  let form: FormData
  try {
    form = await new Response(bytes, { headers: { 'content-type': type } }).formData()
  } catch {
    throw invalid('The files did not arrive whole. Nothing was imported: please send them again.')
  }
  const files = [...form.values()].filter((value) => typeof value !== 'string')
  return Promise.all(
    files.map(async (file) => ({
      name: file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
    })),
  )
}

async function readBytes(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > MOST_BYTES) throw tooLarge()
  const pieces: Uint8Array[] = []
  let size = 0
  if (request.body) {
    for await (const piece of request.body) {
      size += piece.length
      if (size > MOST_BYTES) throw tooLarge()
      pieces.push(piece)
    }
  }
  return new Uint8Array(Buffer.concat(pieces))
}

const tooLarge = () =>
  new AppError('too_large', 'The files are larger than 20 MB together. Nothing was imported.')
