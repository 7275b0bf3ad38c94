import { Prisma } from '@/generated/prisma/client'
import { db } from '@/lib/platform/database'

/** A case of a run that this worker holds until it answers or its lease ends. */
export type ClaimedItem = { caseId: string; counts: boolean }

type Claim = {
  runId: string
  holder: string
  leaseMs: number
  /** What the holder works on: not to be claimed again where its lease ran out meanwhile. */
  inHand?: ReadonlySet<string>
}

/**
 * Takes up to `count` waiting items in rank order that nobody holds, or whose holder has let the
 * lease run out. Two workers never get the same: locked rows are passed over. What comes from a holder
 * that gave no sign of life may have been asked already: the run counts it as doubtful. `caseId`: this
 * case alone.
 */
export function claimItems(claim: Claim, count: number, caseId?: string): Promise<ClaimedItem[]> {
  return db.$queryRaw<ClaimedItem[]>(claimStatement(claim, count, caseId))
}

/**
 * What claims. The rows are found again by where they lie: of a run that is newer than its table's
 * statistics the planner believes that it has one item, and would go through all of them for each.
 */
export function claimStatement(
  { runId, holder, leaseMs, inHand = new Set() }: Claim,
  count: number,
  caseId?: string,
): Prisma.Sql {
  const wanted = caseId
    ? Prisma.sql`AND "caseId" = ${caseId}::uuid`
    : Prisma.sql`AND "caseId" <> ALL (${[...inHand]}::uuid[])`
  return Prisma.sql`
    WITH free AS (
      SELECT ctid, holder AS former FROM "RunItem"
      WHERE "runId" = ${runId}::uuid AND status = 'waiting'
        AND ("leaseUntil" IS NULL OR "leaseUntil" < now()) ${wanted}
      ORDER BY position
      LIMIT ${count}
      FOR UPDATE SKIP LOCKED
    ), lost AS (SELECT count(former)::int AS n FROM free), doubted AS (
      UPDATE "Run" SET doubtful = doubtful + lost.n
      FROM lost WHERE id = ${runId}::uuid AND lost.n > 0
    )
    UPDATE "RunItem" i
    SET holder = ${holder}, "leaseUntil" = now() + ${leaseMs} * interval '1 ms',
      attempts = attempts + 1
    WHERE i.ctid = ANY (ARRAY (SELECT ctid FROM free))
    RETURNING i."caseId", i.counts`
}

/**
 * The heartbeat: whoever has items in hand keeps them (an ended item has no holder). What was claimed
 * and got lost comes free.
 */
export async function extendLeases(
  { runId, holder, leaseMs }: Claim,
  caseIds: readonly string[],
): Promise<void> {
  await db.$executeRaw`
    UPDATE "RunItem" SET "leaseUntil" = now() + ${leaseMs} * interval '1 ms'
    WHERE "runId" = ${runId}::uuid AND "caseId" = ANY(${[...caseIds]}::uuid[])
      AND holder = ${holder}`
}

/**
 * Gives back what was not begun or not ended, so that another worker need not wait for the lease: all that
 * the holder has, or these cases.
 */
export async function releaseItems(
  runId: string,
  holder: string,
  caseIds?: readonly string[],
): Promise<void> {
  const some = caseIds && { caseId: { in: [...caseIds] } }
  await db.runItem.updateMany({
    where: { runId, holder, status: 'waiting', ...some },
    data: { holder: null, leaseUntil: null },
  })
}
