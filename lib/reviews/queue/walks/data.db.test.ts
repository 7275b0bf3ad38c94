import { beforeEach, expect, it } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { createMember, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { fillQueue } from '@/lib/platform/testing/queue'
import { claimNextCases } from '../mutations'

let project: TestProject
let pat: Member
beforeEach(async () => {
  project = await createProject()
  pat = await createMember(project)
})

const CASES = 700
/** More than a window, and more than the first step of a walk. */
const SEEN = 600

/** The first cases of the line are not for Pat, who has seen what others think of them. */
const seeFirst = (cases: number) =>
  db.$executeRaw`
    INSERT INTO "CaseSight" ("caseId", "userId")
    SELECT "caseId", ${pat.userId}::uuid FROM "Assignment"
    WHERE "projectId" = ${project.id}::uuid ORDER BY place, id LIMIT ${cases}`
const inLine = async () =>
  (
    await db.assignment.findMany({
      where: { projectId: project.id },
      orderBy: [{ place: 'asc' }, { id: 'asc' }],
      select: { caseId: true },
    })
  ).map(({ caseId }) => caseId)
const claim = async (n: number) =>
  (await claimNextCases(pat, { n }, () => 0)).claims.map((it) => it.case.id)
const finish = () =>
  db.assignment.updateMany({
    where: { projectId: project.id, holderId: pat.userId },
    data: { status: 'answered', leaseUntil: null },
  })
const forget = (caseId: string | undefined) =>
  db.caseSight.deleteMany({ where: { userId: pat.userId, caseId } })
const age = (seconds: number) =>
  db.queueCursor.updateMany({
    where: { userId: pat.userId },
    data: { since: new Date(Date.now() - seconds * 1_000) },
  })
const cursor = () => db.queueCursor.findFirst({ where: { userId: pat.userId, lane: 'random' } })

it('finds what lies behind many cases that are not for the person, and remembers where', async () => {
  await fillQueue(project, { cases: CASES })
  const line = await inLine()
  await seeFirst(SEEN)
  expect(await claim(3)).toEqual(line.slice(SEEN, SEEN + 3))
  const first = await db.assignment.findFirstOrThrow({ where: { caseId: line[SEEN] } })
  expect(await cursor()).toMatchObject({ place: first.place, id: first.id })
})

it('starts over after ten minutes', async () => {
  await fillQueue(project, { cases: CASES })
  const line = await inLine()
  await seeFirst(SEEN)
  await claim(1)
  await finish()
  await forget(line[0])
  expect(await claim(1)).toEqual([line[SEEN + 1]])
  await finish()
  await age(599)
  expect(await claim(1)).toEqual([line[SEEN + 2]])
  await finish()
  await age(601)
  expect(await claim(2)).toEqual([line[0], line[SEEN + 3]])
  const since = (await cursor())?.since ?? new Date(0)
  expect(Date.now() - since.getTime()).toBeLessThan(60_000)
})

it('looks behind the cursor before it says that nothing is left', async () => {
  await fillQueue(project, { cases: SEEN })
  const line = await inLine()
  await seeFirst(SEEN)
  expect(await claim(5)).toEqual([])
  await forget(line[7])
  expect(await claim(5)).toEqual([])
  await age(61)
  expect(await claim(5)).toEqual([line[7]])
})

it('does not pass what someone else is taking at that moment', async () => {
  await fillQueue(project, { cases: 10 })
  const line = await inLine()
  const first = await db.assignment.findFirstOrThrow({ where: { caseId: line[0] } })
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT 1 FROM "Assignment" WHERE id = ${first.id}::uuid FOR UPDATE`
    expect(await claim(2)).toEqual([line[1], line[2]])
    expect(await cursor()).toMatchObject({ id: first.id })
  })
  expect(await claim(3)).toEqual([line[1], line[2], line[0]])
})

it('follows the time while nothing comes back', async () => {
  await fillQueue(project, { cases: 10 })
  await claim(2)
  const at = await db.queueCursor.findFirstOrThrow({
    where: { lane: 'returned', userId: pat.userId },
  })
  expect(Math.abs(Date.now() / 1_000 - at.place)).toBeLessThan(120)
})
