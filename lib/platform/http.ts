import type { ZodType } from 'zod'
import { AppError, type ErrorBody } from './errors'

/**
 * The browser's way to the API. Every failure comes out as an AppError. The server builds its
 * answers from the types of the same schemas; pages that must be light leave `output` out, and with
 * it the parser: `api.get<ProjectView>(url)`.
 */
export const api = {
  get: <T>(url: string, output?: ZodType<T>) => send('GET', url, undefined, output),
  post: <T>(url: string, body: unknown, output?: ZodType<T>) => send('POST', url, body, output),
  patch: <T>(url: string, body: unknown, output?: ZodType<T>) => send('PATCH', url, body, output),
  put: <T>(url: string, body: unknown, output?: ZodType<T>) => send('PUT', url, body, output),
  delete: <T>(url: string, output?: ZodType<T>) => send('DELETE', url, undefined, output),
}

async function send<T>(
  method: string,
  url: string,
  body: unknown,
  output?: ZodType<T>,
): Promise<T> {
  let response: Response
  try {
    response = await fetch(url, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
  } catch {
    throw new AppError('unavailable', 'The server can’t be reached. Check your connection.')
  }
  if (!response.ok) throw await readError(response)
  const answer: unknown = response.status === 204 ? null : await response.json()
  return output ? output.parse(answer) : (answer as T)
}

async function readError(response: Response): Promise<AppError> {
  try {
    const { error } = (await response.json()) as ErrorBody
    return new AppError(error.code, error.message, error.fields)
  } catch {
    return new AppError('internal', `The server answered with status ${response.status}.`)
  }
}
