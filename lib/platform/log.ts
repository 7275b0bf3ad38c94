import pino from 'pino'

/** Structured logs of web and worker, one JSON object a line. Never case text, never secrets. */
export const log = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  base: undefined,
  serializers: { error: pino.stdSerializers.err },
})
