import { expect, it } from 'vitest'
import type { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { createMember, createProject } from '@/lib/platform/testing/fixtures'
import { checkStatement, repeatStatement } from './data'
import { MOST_CHECK_CASES } from './managing/schema'

/** Pages of 8 kB for a window of 50 own reviews: some index pages for each. */
const CEILING_REPEAT = 1_500
/** Some 25 for each check case that there can be at most. */
const CEILING_CHECK = 25 * MOST_CHECK_CASES

type Explained = { 'QUERY PLAN': [{ Plan: Record<string, number> }] }

async function countPages(statement: Prisma.Sql): Promise<number> {
  const [row] = await db.$queryRaw<Explained[]>`
    EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${statement}`
  const plan = row?.['QUERY PLAN'][0].Plan
  return (plan?.['Shared Hit Blocks'] ?? Infinity) + (plan?.['Shared Read Blocks'] ?? 0)
}

/** A project in which one person answered every case, one each hour, the last one an hour ago. */
async function createReviewed(cases: number): Promise<Member> {
  const project = await createProject()
  const member = await createMember(project)
  const { Defect } = project.categories
  await db.$executeRaw`
    INSERT INTO "Case" (id, "projectId", "externalId", subject, messages, "textHash", characters, pool, rank)
    SELECT gen_random_uuid(), ${project.id}::uuid, 'R-' || i, '', '[]', 'h', 0, 'dev', random()
    FROM generate_series(1, ${cases}::int) i`
  await db.$executeRaw`
    INSERT INTO "Assignment" (id, "projectId", "caseId", slot, mode, frame, rank, status, "holderId")
    SELECT gen_random_uuid(), "projectId", id, 1, 'blind', 'dev', rank, 'answered', ${member.userId}::uuid
    FROM "Case" WHERE "projectId" = ${project.id}::uuid`
  await db.$executeRaw`
    INSERT INTO "Review" (id, "projectId", "assignmentId", "caseId", purpose, "reviewerId", "labelId",
      "answeredAt", "createdAt")
    SELECT gen_random_uuid(), "projectId", id, "caseId", purpose, ${member.userId}::uuid,
      ${Defect}::uuid, now(), now() - make_interval(hours => row_number() OVER ()::int)
    FROM "Assignment" WHERE "projectId" = ${project.id}::uuid`
  await db.$executeRaw`
    INSERT INTO "FinalLabel" ("caseId", "projectId", "labelId", source)
    SELECT id, "projectId", ${Defect}::uuid, 'imported' FROM "Case"
    WHERE "projectId" = ${project.id}::uuid`
  await db.$executeRaw`
    INSERT INTO "CheckCase" ("caseId", "projectId")
    SELECT id, "projectId" FROM "Case" WHERE "projectId" = ${project.id}::uuid
    ORDER BY rank LIMIT ${MOST_CHECK_CASES}`
  await db.$executeRaw`ANALYZE`
  return member
}

it('costs as much to find a repeat or a check case after 20,000 reviews as after 1,000', {
  timeout: 120_000,
}, async () => {
  for (const size of [1_000, 20_000]) {
    const member = await createReviewed(size)
    const other = {
      ...member,
      userId: (await createMember({ id: member.projectId, slug: '' })).userId,
    }
    for (const from of [0, 0.5, 0.99]) {
      const pages = await countPages(repeatStatement(member, 14, from, []))
      expect(pages, `a repeat after ${size}, from ${from}`).toBeLessThan(CEILING_REPEAT)
    }
    for (const who of [member, other]) {
      const pages = await countPages(checkStatement(who, 3))
      expect(pages, `a check case after ${size}`).toBeLessThan(CEILING_CHECK)
    }
  }
})
