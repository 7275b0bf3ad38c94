import { expect, test } from 'vitest'
import { db, pool } from './database'
import { describeError } from './log'
import { createCase, createProject } from './testing/fixtures'

test('an error of the database is told without the row that it is about', async () => {
  const id = await createCase(await createProject(), { text: 'My password is hunter2' })
  const sql = 'UPDATE "Case" SET characters = NULL WHERE id = $1'
  const failure: unknown = await pool.query(sql, [id]).catch((error: unknown) => error)
  expect(JSON.stringify(Object(failure).detail)).toContain('hunter2')
  expect(JSON.stringify(describeError(failure))).not.toContain('hunter2')
  expect(describeError(failure)).toMatchObject({ code: '23502' })
  const raw =
    await db.$executeRaw`UPDATE "Case" SET characters = NULL WHERE id = ${id}::uuid`.catch(
      (error: unknown) => error,
    )
  expect(JSON.stringify(describeError(raw))).not.toContain('hunter2')
})
