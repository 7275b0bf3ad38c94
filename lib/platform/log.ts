import pino from 'pino'

/**
 * What is told of an error. Not its other fields: a database error has the row that failed among
 * them, with the text of a case.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) }
  const code = 'code' in error ? error.code : undefined
  return { type: error.name, message: error.message, code, stack: error.stack }
}

/** Structured logs of web and worker, one JSON object a line. Never case text, never secrets. */
export const log = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  base: undefined,
  serializers: { error: describeError },
})
