import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { AppError } from '@/lib/platform/errors'
import { api, readAnswer } from '@/lib/platform/http'
import type {
  ImportDetail,
  ImportPreview,
  ImportStart,
  ImportView,
  LabelValues,
  Uploaded,
} from './schema'

const POLL_MS = 700

const key = (slug: string) => ['projects', slug, 'imports'] as const
const path = (slug: string) => `/api/projects/${slug}/imports`

const isMoving = ({ status, pooledAt }: ImportView) =>
  status === 'running' || (status === 'done' && pooledAt === null)

export const importsQuery = (slug: string) =>
  queryOptions({
    queryKey: key(slug),
    queryFn: () => api.get<ImportView[]>(path(slug)),
    refetchInterval: ({ state }) => (state.data?.some(isMoving) ? POLL_MS : false),
  })

/** Asks again while the import or its pools are at work. */
export const importQuery = (slug: string, id: string) =>
  queryOptions({
    queryKey: [...key(slug), id],
    queryFn: () => api.get<ImportDetail>(`${path(slug)}/${id}`),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? POLL_MS : false),
  })

/** A stored file never changes, so its preview is read once. */
export const previewQuery = (slug: string, id: string) =>
  queryOptions({
    queryKey: [...key(slug), id, 'preview'],
    queryFn: () => api.get<ImportPreview>(`${path(slug)}/${id}/preview`),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const labelValuesQuery = (slug: string, id: string, column: string) =>
  queryOptions({
    queryKey: [...key(slug), id, 'labels', column],
    queryFn: () =>
      api.get<LabelValues>(`${path(slug)}/${id}/labels?${new URLSearchParams({ column })}`),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const problemsUrl = (slug: string, id: string) => `${path(slug)}/${id}/problems`

type Upload = { file: File; onProgress: (bytes: number) => void }

export function useUploadFile(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ file, onProgress }: Upload) => sendFile(slug, file, onProgress),
    onSettled: () => client.invalidateQueries({ queryKey: key(slug) }),
  })
}

/** `fetch` tells nothing of how much was sent, so a file goes by XMLHttpRequest. */
function sendFile(slug: string, file: File, onProgress: (bytes: number) => void) {
  return new Promise<Uploaded>((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `${path(slug)}?${new URLSearchParams({ fileName: file.name })}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.onprogress = ({ loaded }) => onProgress(loaded)
    request.onerror = () =>
      reject(new AppError('unavailable', 'The upload broke off. Nothing was kept: try again.'))
    request.onload = () => {
      try {
        resolve(readAnswer<Uploaded>(request.status, request.responseText))
      } catch (error) {
        reject(error)
      }
    }
    request.send(file)
  })
}

export function useStartImport(slug: string, id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: ImportStart) => api.post<null>(`${path(slug)}/${id}/start`, input),
    onSettled: () => client.invalidateQueries({ queryKey: key(slug) }),
  })
}

export function useDiscardImport(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.delete<null>(`${path(slug)}/${id}`),
    onSuccess: (_, id) => {
      client.removeQueries({ queryKey: [...key(slug), id] })
      return client.invalidateQueries({ queryKey: key(slug), exact: true })
    },
  })
}
