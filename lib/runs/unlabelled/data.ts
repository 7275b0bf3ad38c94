import { Prisma } from '@/generated/prisma/client'
import type { Pool } from '@/lib/cases/schema'
import type { Member } from '@/lib/platform/access'
import { type Database, db } from '@/lib/platform/database'
import { findVersionByRef } from '@/lib/versions/data'
import { estimateRun } from '../estimates/data'
import type { RunStatus } from '../schema'
import type { PoolLabelling } from './schema'

/** Ids of the cases of a pool that a set-up has labelled with this content; those that failed have none. */
export function labelledBy(by: { setupId: string; hash: string; pool: Pool }): Prisma.Sql {
  return Prisma.sql`
    SELECT s."caseId" FROM "Suggestion" s JOIN "Run" r ON r.id = s."runId"
    WHERE r."setupId" = ${by.setupId}::uuid AND r."contentHash" = ${by.hash}
      AND r.purpose = 'label' AND r.pool = ${by.pool}::"Pool" AND s.status <> 'failed'`
}

/** What it would take to label all of the example pool with a version, and how far that is. Throws not-found. */
export async function getPoolLabelling(member: Member, ref: string): Promise<PoolLabelling> {
  const { projectId } = member
  const { id: versionId } = await findVersionByRef(projectId, ref)
  const rest = { versionId, pool: 'example', limit: null, onlyUnlabelled: true } as const
  const [cases, estimate, run] = await Promise.all([
    db.case.count({
      where: { projectId, pool: 'example', archivedAt: null, quarantinedAt: null },
    }),
    estimateRun(member, rest),
    findLabelling(versionId),
  ])
  const { unlabelled, cost, priced, durationMs, standIn, obstacle } = estimate
  return { cases, unlabelled, cost, priced, durationMs, standIn, obstacle, run }
}

const UNDER_WAY: RunStatus[] = ['queued', 'running', 'paused', 'stopping']

/** The run of a version over the example pool that is under way. */
export function findLabelling(versionId: string, database: Database = db) {
  return database.run.findFirst({
    where: {
      pool: 'example',
      purpose: 'label',
      status: { in: UNDER_WAY },
      cellId: null,
      setup: { versionId },
    },
    orderBy: { createdAt: 'desc' },
    select: { id: true, done: true, items: true },
  })
}
