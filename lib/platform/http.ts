import { AppError, ERROR_STATUS, type ErrorBody } from './errors'

/**
 * The browser's way to the API. Every failure comes out as an AppError. Answers are taken as what the
 * server's types say they are: `api.get<ProjectView>(url)` (docs/decisions/007).
 */
export const api = {
  get: <T>(url: string) => send<T>('GET', url),
  post: <T>(url: string, body: unknown, way?: Way) => send<T>('POST', url, body, way),
  patch: <T>(url: string, body: unknown, way?: Way) => send<T>('PATCH', url, body, way),
  put: <T>(url: string, body: unknown, way?: Way) => send<T>('PUT', url, body, way),
  delete: <T>(url: string, way?: Way) => send<T>('DELETE', url, undefined, way),
}

type Way = {
  /** Sent to its end even where the page goes away meanwhile; for less than 64 KB. */
  keepalive?: boolean
  signal?: AbortSignal
  /** Id of the person whose words these are: the server refuses them in anyone else's session. */
  person?: string
}

async function send<T>(
  method: string,
  url: string,
  body?: unknown,
  { person, ...way }: Way = {},
): Promise<T> {
  let response: Response
  try {
    response = await fetch(url, {
      ...way,
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(person === undefined ? {} : { [PERSON_HEADER]: person }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
  } catch {
    throw new AppError('unavailable', 'The server can’t be reached. Check your connection.')
  }
  return readAnswer<T>(response.status, await response.text())
}

/** Whom the page takes itself to be signed in as; another window may have signed someone else in. */
export const PERSON_HEADER = 'x-closecall-person'

/** What an answer holds, or the error that it tells. Something between here and the server may have made it. */
export function readAnswer<T>(status: number, text: string): T {
  if (status === 204) return null as T
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw status < 400
      ? new AppError(
          'unavailable',
          'The answer did not come from Closecall. Check your connection.',
        )
      : new AppError('internal', `The server answered with status ${status}.`)
  }
  if (status < 400) return body as T
  const { error } = body as Partial<ErrorBody>
  if (error && error.code in ERROR_STATUS) {
    throw new AppError(error.code, error.message, error.fields)
  }
  throw new AppError('internal', `The server answered with status ${status}.`)
}
