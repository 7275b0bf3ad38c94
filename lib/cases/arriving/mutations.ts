import { BadValue } from '@/lib/cases/imports/normalising/text/rules'
import { poolCase } from '@/lib/cases/pools/jobs'
import { PROJECT_LOCK } from '@/lib/cases/pools/rules'
import type { Pool } from '@/lib/cases/schema'
import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { type Database, db, type Tx } from '@/lib/platform/database'
import { explainDatabaseError } from '@/lib/platform/database-errors'
import { AppError, conflict, invalid } from '@/lib/platform/errors'
import { newId } from '@/lib/platform/ids'
import { enqueue } from '@/lib/platform/jobs'
import { openAssignmentsJob } from '@/lib/reviews/schema'
import { judgeArriving, readArriving } from './rules'
import type { ArrivedCase, ArrivingCase } from './schema'

type Kept = Omit<ArrivedCase, 'pool'>

/**
 * Keeps one case as an import would, and sorts it into its pool at once. The same again is the same
 * case, however many bring it at once; another text under a known external id is a new revision. Throws
 * `invalid` without text, `conflict` where it bridges pools, `unavailable` while an import writes.
 */
export async function receiveCase(member: Member, given: ArrivingCase): Promise<ArrivedCase> {
  const { projectId } = member
  const arrived = read(given)
  const known = judgeArriving(arrived, await listKnown(db, projectId, arrived))
  const kept =
    known.kind === 'known'
      ? { id: known.id, externalId: known.externalId, isNew: false }
      : await inTurn(projectId, () => keepArriving(member, arrived))
  const pooled = await inPool(projectId, kept)
  if (kept.isNew) await enqueue(openAssignmentsJob, projectId, { projectId })
  return { ...kept, pool: pooled }
}

type Arrived = ReturnType<typeof readArriving>

function read(given: ArrivingCase): Arrived {
  try {
    return readArriving(given)
  } catch (error) {
    if (error instanceof BadValue) throw invalid(error.message)
    throw error
  }
}

const listKnown = (database: Database, projectId: string, { externalId, textHash }: Arrived) =>
  database.case.findMany({
    where: { projectId, archivedAt: null, OR: [{ externalId }, { textHash }] },
    select: { id: true, externalId: true, textHash: true },
    orderBy: { id: 'asc' },
  })

/** They would wait for each other in the database: here they hold no connection meanwhile. */
const turns = new Map<string, Promise<unknown>>()

async function inTurn<T>(projectId: string, work: () => Promise<T>): Promise<T> {
  const former = turns.get(projectId) ?? Promise.resolve()
  const own = former.then(work, work)
  turns.set(projectId, own)
  try {
    return await own
  } finally {
    if (turns.get(projectId) === own) turns.delete(projectId)
  }
}

/** An import that writes at this moment is waited for, though not long. */
const PATIENCE_MS = 8_000

async function keepArriving(member: Member, arrived: Arrived): Promise<Kept> {
  const { projectId, userId } = member
  return db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT set_config('lock_timeout', ${String(PATIENCE_MS)}, true)`
      // The lock under which imports write: the same case can't come in between.
      await tx.$executeRaw`
        SELECT pg_advisory_xact_lock(hashtextextended(${PROJECT_LOCK + projectId}, 0))`
      const fate = judgeArriving(arrived, await listKnown(tx, projectId, arrived))
      if (fate.kind === 'known') return { id: fate.id, externalId: fate.externalId, isNew: false }
      if (fate.archives !== null) await archiveRevision(tx, fate.archives)
      const former = await tx.case.aggregate({
        where: { projectId, externalId: arrived.externalId },
        _max: { revision: true },
      })
      const id = newId()
      const revision = (former._max.revision ?? 0) + 1
      await tx.case.create({ data: { ...arrived, id, projectId, revision, rank: Math.random() } })
      await recordAudit(tx, {
        ...{ projectId, actorId: userId, action: 'case.arrived', subjectId: id },
        detail: { externalId: arrived.externalId, revision },
      })
      return { id, externalId: arrived.externalId, isNew: true }
    },
    { timeout: 2 * PATIENCE_MS, maxWait: PATIENCE_MS },
  )
}

/** As imports do it: nobody is asked about the former text any more, and its labels stay with it. */
async function archiveRevision(tx: Tx, id: string): Promise<void> {
  await tx.case.update({ where: { id }, data: { archivedAt: new Date() } })
  await tx.assignment.updateMany({
    where: { caseId: id, status: 'open' },
    data: { status: 'withdrawn', leaseUntil: null },
  })
  await tx.pendingLabel.deleteMany({ where: { caseId: id } })
}

async function inPool(projectId: string, { id }: Kept): Promise<Pool> {
  const first = await findPool(id)
  if (first !== null) return first
  try {
    await inTurn(projectId, () => poolCase(projectId, id))
  } catch (error) {
    if (explainDatabaseError(error) === null) throw error
    throw new AppError(
      'unavailable',
      'Others are adding cases at this moment, so this one waits for its pool. It is kept: ask again in a minute.',
    )
  }
  const pooled = await findPool(id)
  if (pooled !== null) return pooled
  throw conflict('The text was changed meanwhile by someone else. It is kept: ask again.')
}

/** Null while it waits for its pool. Throws `conflict` for a case that will have none. */
async function findPool(id: string): Promise<Pool | null> {
  const { pool, quarantinedAt } = await db.case.findUniqueOrThrow({
    where: { id },
    select: { pool: true, quarantinedAt: true },
  })
  if (quarantinedAt === null) return pool
  throw conflict(
    'This case says nearly the same as cases of different pools, so it belongs to none and is not labelled. It is kept, in quarantine.',
  )
}
