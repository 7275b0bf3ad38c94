import { useMutation, useQueryClient } from '@tanstack/react-query'
import { AppError } from '@/lib/platform/errors'
import { readAnswer } from '@/lib/platform/http'
import { versionsKey, versionsPath } from '../queries'
import type { ImportedFiles } from './schema'

/** `ref`: the number of a frozen version, the id of a draft. */
export const filesUrl = (slug: string, ref: string) => `${versionsPath(slug)}/${ref}/files`

type Sent = { files: readonly File[]; parentId: string | undefined }

export function useImportFiles(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ files, parentId }: Sent) => sendFiles(slug, files, parentId),
    onSuccess: () => client.invalidateQueries({ queryKey: versionsKey(slug) }),
  })
}

async function sendFiles(slug: string, files: readonly File[], parentId: string | undefined) {
  const body = new FormData()
  for (const file of files) body.append('files', file, file.name)
  const query = parentId === undefined ? '' : `?${new URLSearchParams({ parent: parentId })}`
  let response: Response
  try {
    response = await fetch(`${versionsPath(slug)}/files${query}`, { method: 'POST', body })
  } catch {
    throw new AppError(
      'unavailable',
      'The files could not be sent. Nothing was imported: check your connection, choose them again.',
    )
  }
  return readAnswer<ImportedFiles>(response.status, await response.text())
}
