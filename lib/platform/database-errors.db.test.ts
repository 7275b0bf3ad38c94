import { expect, test } from 'vitest'
import { db } from './database'
import { explainDatabaseError } from './database-errors'
import { newId } from './ids'
import { createProject } from './testing/fixtures'

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  )

test('a row that is there already is a lost race, written by Prisma or by hand', async () => {
  const { id, slug } = await createProject()
  const twice = { id: newId(), slug, name: slug }
  const byHand = db.$executeRaw`
    INSERT INTO "Project" (id, slug, name) SELECT gen_random_uuid(), slug, name FROM "Project"
    WHERE id = ${id}::uuid`
  for (const work of [db.project.create({ data: twice }), byHand]) {
    expect(explainDatabaseError(await failureOf(work))?.code).toBe('conflict')
  }
})

test('of two that wait for each other one is told to try again', async () => {
  const [a, b] = [await createProject(), await createProject()]
  const bothHaveOne = Promise.withResolvers<void>()
  let holders = 0
  const write = (first: string, second: string) =>
    db.$transaction(async (tx) => {
      await tx.project.update({ where: { id: first }, data: { name: 'x' } })
      if (++holders === 2) bothHaveOne.resolve()
      await bothHaveOne.promise
      await tx.$executeRaw`UPDATE "Project" SET name = 'y' WHERE id = ${second}::uuid`
    })
  const failures = await Promise.all([failureOf(write(a.id, b.id)), failureOf(write(b.id, a.id))])
  const explained = failures.map((failure) => failure && explainDatabaseError(failure)?.code)
  expect(explained.sort()).toEqual([null, 'unavailable'].sort())
})

test('a mistake of our own is not explained away', async () => {
  expect(explainDatabaseError(await failureOf(db.$queryRaw`SELECT 1 / 0`))).toBeNull()
  expect(explainDatabaseError(new Error('P2002'))).toBeNull()
  expect(explainDatabaseError(null)).toBeNull()
})
