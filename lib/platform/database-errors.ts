import { z } from 'zod'
import { AppError } from './errors'

/** Prisma gives its own code, and for raw queries only in `meta` the SQLSTATE of the server. */
const shape = z.object({
  code: z.string(),
  meta: z
    .object({ driverAdapterError: z.object({ cause: z.object({ originalCode: z.string() }) }) })
    .optional()
    .catch(undefined),
})

const LOST_RACE = new Set(['P2002', '23505'])
/** Connection refused or gone, server starting or stopping, no connection free in time. */
const AWAY = new Set(['P1001', 'P1002', 'P1017', 'P2024', 'ECONNREFUSED', '57P01', '57P03'])
/** Deadlock, serialisation failure, a transaction that had to wait for too long. */
const BUSY = new Set(['P2028', 'P2034', '40P01', '40001', '55P03'])

/** What would go wrong again: the data (22) or the statement (42) is at fault, or a rule of the schema (23). */
export function isLasting(error: unknown): boolean {
  const { data } = shape.safeParse(error)
  const sqlState = data?.meta?.driverAdapterError.cause.originalCode ?? data?.code ?? ''
  return (
    /^(?:22|42|23(?!505))\w{3}$/.test(sqlState) || /^P20(?:0[013-9]|1[1-9]|20|25)$/.test(sqlState)
  )
}

/** Failures of the database that mean something to the person; null for mistakes of our own. */
export function explainDatabaseError(error: unknown): AppError | null {
  const { data } = shape.safeParse(error)
  if (!data) return null
  const codes = [data.code, data.meta?.driverAdapterError.cause.originalCode ?? '']
  if (codes.some((code) => LOST_RACE.has(code))) {
    return new AppError('conflict', 'Someone else was faster. Nothing was changed: please reload.')
  }
  if (codes.some((code) => AWAY.has(code))) {
    return new AppError('unavailable', 'The database does not answer. Please try again shortly.')
  }
  if (codes.some((code) => BUSY.has(code))) {
    return new AppError(
      'unavailable',
      'Others were at work on the same thing. Nothing was changed: please try again.',
    )
  }
  return null
}
