import type { Tx } from './database'
import { newId } from './ids'

type Event = {
  projectId?: string
  /** Null for what the product does by itself. */
  actorId: string | null
  /** Noun and verb in the past, like `release.made`. */
  action: string
  subjectId?: string
  detail?: Record<string, string | number | boolean | null>
}

/** Writes who did what, in the transaction that does it. */
export async function recordAudit(tx: Tx, event: Event): Promise<void> {
  await tx.auditEvent.create({ data: { id: newId(), ...event } })
}

/** Tells the database who acts, for what it writes down by itself until the transaction ends. */
export async function actAs(tx: Tx, userId: string): Promise<void> {
  await tx.$executeRaw`SELECT set_config('closecall.actor', ${userId}, true)`
}
