import type { Run } from '@/generated/prisma/client'
import { firstOfEqual, preferOwn } from '@/lib/accuracy/runs/rules'
import { isStandIn } from '@/lib/platform/bedrock'
import { type Database, db } from '@/lib/platform/database'
import type { RunStatus } from '../schema'

/** What ends without anybody doing anything: a paused run may stay so for good. */
export const AT_WORK: readonly RunStatus[] = ['queued', 'running']

/**
 * The version's own run on dev with this very content, of the kind of model that is there now: a
 * finished one (of identical ones the first), else one that is in one of the states `unended`.
 */
export async function findOwnRun(
  projectId: string,
  versionId: string,
  hash: string,
  database: Database = db,
  unended: readonly RunStatus[] = [...AT_WORK, 'paused'],
): Promise<Run | null> {
  const runs = await database.run.findMany({
    where: {
      ...{ projectId, purpose: 'label', pool: 'dev', setup: { versionId }, contentHash: hash },
      standing: false,
      // What the stand-in says and what a model says are never compared.
      ...{ standIn: isStandIn(), status: { in: ['done', ...unended] } },
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  })
  const done = preferOwn(runs.filter(({ status }) => status === 'done'))
  return done[0] ? firstOfEqual(done[0], done) : (preferOwn(runs)[0] ?? null)
}
