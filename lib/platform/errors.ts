/** The closed set of errors. Each has one HTTP status and one way of being shown. */
export const ERROR_STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  too_many: 429,
  internal: 500,
  unavailable: 503,
} as const

export type ErrorCode = keyof typeof ERROR_STATUS

/** What happened, what was kept and what to do, in one or two plain sentences; `fields` by form field. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly fields: Record<string, string>

  constructor(code: ErrorCode, message: string, fields: Record<string, string> = {}) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.fields = fields
  }
}

/** The body of every error answer of the API. */
export type ErrorBody = {
  error: { code: ErrorCode; message: string; fields: Record<string, string> }
}

export const notFound = (what: string) => new AppError('not_found', `${what} was not found.`)
export const conflict = (message: string) => new AppError('conflict', message)
export const invalid = (message: string, fields?: Record<string, string>) =>
  new AppError('invalid', message, fields)
