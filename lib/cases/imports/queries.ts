import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import { AppError, ERROR_STATUS, type ErrorCode } from '@/lib/platform/errors'
import { api } from '@/lib/platform/http'
import {
  type ImportStart,
  type ImportView,
  importDetail,
  importPreview,
  importView,
  labelValues,
  uploaded,
} from './schema'

const POLL_MS = 700

const key = (slug: string) => ['projects', slug, 'imports'] as const
const path = (slug: string) => `/api/projects/${slug}/imports`

const isMoving = ({ status, pooledAt }: ImportView) =>
  status === 'running' || (status === 'done' && pooledAt === null)

export const importsQuery = (slug: string) =>
  queryOptions({
    queryKey: key(slug),
    queryFn: () => api.get(path(slug), z.array(importView)),
    refetchInterval: ({ state }) => (state.data?.some(isMoving) ? POLL_MS : false),
  })

/** Asks again while the import or its pools are at work. */
export const importQuery = (slug: string, id: string) =>
  queryOptions({
    queryKey: [...key(slug), id],
    queryFn: () => api.get(`${path(slug)}/${id}`, importDetail),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? POLL_MS : false),
  })

/** A stored file never changes, so its preview is read once. */
export const previewQuery = (slug: string, id: string) =>
  queryOptions({
    queryKey: [...key(slug), id, 'preview'],
    queryFn: () => api.get(`${path(slug)}/${id}/preview`, importPreview),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const labelValuesQuery = (slug: string, id: string, column: string) =>
  queryOptions({
    queryKey: [...key(slug), id, 'labels', column],
    queryFn: () =>
      api.get(`${path(slug)}/${id}/labels?${new URLSearchParams({ column })}`, labelValues),
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
  return new Promise<z.infer<typeof uploaded>>((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `${path(slug)}?${new URLSearchParams({ fileName: file.name })}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.onprogress = ({ loaded }) => onProgress(loaded)
    request.onerror = () =>
      reject(new AppError('unavailable', 'The upload broke off. Nothing was kept: try again.'))
    request.onload = () => {
      const body: unknown = parseJson(request.responseText)
      if (request.status === 200) resolve(uploaded.parse(body))
      else reject(readError(request.status, body))
    }
    request.send(file)
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const codes = Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]]
const errorBody = z.object({ error: z.object({ code: z.enum(codes), message: z.string() }) })

function readError(status: number, body: unknown): AppError {
  const known = errorBody.safeParse(body)
  if (known.success) return new AppError(known.data.error.code, known.data.error.message)
  return new AppError('internal', `The server answered with status ${status}.`)
}

export function useStartImport(slug: string, id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: ImportStart) => api.post(`${path(slug)}/${id}/start`, input, z.null()),
    onSettled: () => client.invalidateQueries({ queryKey: key(slug) }),
  })
}

export function useDiscardImport(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.delete(`${path(slug)}/${id}`, z.null()),
    onSuccess: (_, id) => {
      client.removeQueries({ queryKey: [...key(slug), id] })
      return client.invalidateQueries({ queryKey: key(slug), exact: true })
    },
  })
}
