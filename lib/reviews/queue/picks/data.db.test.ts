import { beforeEach, describe, expect, it } from 'vitest'
import type { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { db, type Tx } from '@/lib/platform/database'
import { createMember, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { fillQueue } from '@/lib/platform/testing/queue'
import { toBatch } from '../batches/rules'
import { holdStatement } from '../holds/mutations'
import { claimNextCases } from '../mutations'
import { lockStanding } from '../standing/data'
import { pickBatch, pickStatement } from './data'

/**
 * Pages of 8 kB that the two statements of a claim of five cases may look at or write: some 15 for each
 * row that is looked at, some 25 for each that is leased. A plan that reads its windows to the end, and
 * not as far as the batch needs, takes 800.
 */
const CEILING = 400

/** Apart from the heights of the indexes a large project costs what a small one does. */
const GROWTH = 1.25

const SMALL = 1_000
const LARGE = 20_000
const CHURN = 5_000

let project: TestProject
let pat: Member
beforeEach(async () => {
  project = await createProject()
  pat = await createMember(project)
})

describe('the pages that a claim touches', () => {
  it('stay under a ceiling, however much is open and however much was answered before', {
    timeout: 180_000,
  }, async () => {
    const seen: Record<string, number> = {}
    for (const [size, churn] of [
      [SMALL, SMALL / 2 - 100],
      [LARGE, CHURN],
    ] as const) {
      project = await createProject()
      pat = await createMember(project)
      await fillQueue(project, { cases: size / 2, wanted: 2 })
      await claimNextCases(pat)
      await giveBack()
      seen[`${size} before`] = await countPages()
      await claimAndAnswer(churn)
      seen[`${size} after`] = await countPages()
    }
    const pages = Object.values(seen)
    expect(Math.max(...pages), JSON.stringify(seen)).toBeLessThan(CEILING)
    expect(Math.max(...pages) / Math.min(...pages), JSON.stringify(seen)).toBeLessThan(GROWTH)
  })
})

/** Pages touched by the statements of one claim, which is then rolled back. */
async function countPages(): Promise<number> {
  let pages = 0
  const undone = new Error('rolled back')
  const claim = db.$transaction(async (tx) => {
    const { cursors, handouts } = await lockStanding(tx, pat)
    const draw = ['random', 'targeted', 'random', 'second_opinion', 'random'] as const
    const wanted = { n: draw.length, draw, handouts, cursors }
    const { picked } = await pickBatch(tx, pat, wanted)
    expect(picked).toHaveLength(draw.length)
    pages += await explain(tx, pickStatement(pat, wanted))
    const { own, taken } = toBatch(picked, [], draw, [])
    pages += await explain(tx, holdStatement(pat, { own, taken, moved: [] }))
    throw undone
  })
  await expect(claim).rejects.toBe(undone)
  return pages
}

type Explained = { 'QUERY PLAN': [{ Plan: Record<string, number> }] }

async function explain(tx: Tx, statement: Prisma.Sql): Promise<number> {
  const [row] = await tx.$queryRaw<Explained[]>`
    EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${statement}`
  const plan = row?.['QUERY PLAN'][0].Plan
  return (plan?.['Shared Hit Blocks'] ?? Infinity) + (plan?.['Shared Read Blocks'] ?? 0)
}

const giveBack = () =>
  db.$executeRaw`
    UPDATE "Assignment" SET "leaseUntil" = NULL, "holderId" = NULL
    WHERE "projectId" = ${project.id}::uuid AND status = 'open' AND "leaseUntil" IS NOT NULL`

/** Real claims; the answers are written straight into the database. The other review stays wanted. */
async function claimAndAnswer(cases: number): Promise<void> {
  for (let done = 0; done < cases; ) {
    // The last batch is a small one, as before the churn: what was held just now lies before the cursor.
    const n = done < cases - 25 ? 25 : 5
    const { claims } = await claimNextCases(pat, { n })
    expect(claims).toHaveLength(n)
    const ids = claims.map(({ assignmentId }) => assignmentId)
    await db.$executeRaw`
      INSERT INTO "Review" (id, "projectId", "assignmentId", "caseId", purpose, "reviewerId", "labelId", "answeredAt")
      SELECT gen_random_uuid(), "projectId", id, "caseId", purpose, ${pat.userId}::uuid,
        ${project.categories.Defect}::uuid, now()
      FROM "Assignment" WHERE id = ANY(${ids}::uuid[])`
    await db.$executeRaw`
      UPDATE "Assignment" SET status = 'answered', "leaseUntil" = NULL WHERE id = ANY(${ids}::uuid[])`
    done += claims.length
  }
}
