import { setTimeout as wait } from 'node:timers/promises'
import { recordAudit } from '@/lib/platform/audit'
import { db, type Tx } from '@/lib/platform/database'
import { enqueue, type Job } from '@/lib/platform/jobs'
import { settleCategoriesJob } from '@/lib/projects/categories/schema'
import { openAssignmentsJob } from '../schema'
import { type Change, carryCases, recallCases } from './mutations'

/** Cases brought up to date in one transaction, which keeps their answers waiting. */
const CHUNK = 100

/** So long a change that sends cases back can be undone. */
const GRACE_MS = 20_000

/** Every case of a change of categories, in batches. Running it again takes it up where it was left. */
export const settleCategories: Job<{ changeId: string }> = {
  ...settleCategoriesJob,
  run: ({ changeId }, signal) => settleChange(changeId, { signal }),
}

export async function settleChange(
  changeId: string,
  options: { signal?: AbortSignal; graceMs?: number; chunk?: number } = {},
): Promise<void> {
  const { signal, graceMs = GRACE_MS, chunk = CHUNK } = options
  const found = await db.categoryChange.findUnique({ where: { id: changeId } })
  if (!found || found.finishedAt) return
  if (found.recalled > 0 && !found.undoneAt) {
    const left = found.at.getTime() + graceMs - Date.now()
    if (left > 0) await wait(left, undefined, { signal }).catch(() => undefined)
    if (signal?.aborted) return
  }
  await db.categoryChange.updateMany({
    where: { id: changeId, startedAt: null },
    data: { startedAt: new Date() },
  })
  for (let more = true; more && !signal?.aborted; ) more = await settleChunk(changeId, chunk)
  await enqueue(openAssignmentsJob, found.projectId, { projectId: found.projectId })
}

/** Whether there is more to do. The lock on the change keeps a second worker and an undo out. */
async function settleChunk(changeId: string, chunk: number): Promise<boolean> {
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "CategoryChange" WHERE id = ${changeId}::uuid FOR NO KEY UPDATE`
    const change = await tx.categoryChange.findUniqueOrThrow({ where: { id: changeId } })
    if (change.finishedAt) return false
    const items = await tx.categoryChangeCase.findMany({
      // One that was undone in time has sent nothing back.
      where: { changeId, done: false, ...(change.undoneAt ? { recalled: false } : {}) },
      orderBy: { caseId: 'asc' },
      take: chunk,
      select: { caseId: true, recalled: true },
    })
    if (items.length === 0) {
      await finish(tx, change)
      return false
    }
    const ids = items.map(({ caseId }) => caseId)
    await tx.$queryRaw`
      SELECT 1 FROM "Case" WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`
    const of = (recalled: boolean) =>
      items.filter((item) => item.recalled === recalled).map(({ caseId }) => caseId)
    // Labels before examples, as everyone locks them.
    await carryCases(tx, change, of(false))
    await recallCases(tx, change, of(true))
    await tx.categoryChangeCase.updateMany({
      where: { changeId, caseId: { in: ids } },
      data: { done: true },
    })
    await tx.categoryChange.update({
      where: { id: changeId },
      data: { done: { increment: items.length } },
    })
    return true
  }, SETTLING)
}

const SETTLING = { timeout: 60_000 }

async function finish(
  tx: Tx,
  {
    id,
    projectId,
    recalled,
    carried,
    undoneAt,
  }: Change & {
    recalled: number
    carried: number
    undoneAt: Date | null
  },
): Promise<void> {
  await tx.categoryChange.update({ where: { id }, data: { finishedAt: new Date() } })
  if (recalled === 0 || undoneAt) return
  await recordAudit(tx, {
    projectId,
    actorId: null,
    action: 'cases.recalled',
    subjectId: id,
    detail: { recalled, carried },
  })
}

/** For a worker's start and now and then: what a crash left between a change and its job. */
export async function resumeCategoryChanges(): Promise<void> {
  const rows = await db.categoryChange.findMany({
    where: { finishedAt: null },
    select: { id: true },
  })
  for (const { id } of rows) await enqueue(settleCategoriesJob, id, { changeId: id })
}
