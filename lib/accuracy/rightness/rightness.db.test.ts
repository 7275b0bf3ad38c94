import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Prisma } from '@/generated/prisma/client'
import { isRight } from '@/lib/accuracy/rules'
import { db } from '@/lib/platform/database'
import { createProject } from '@/lib/platform/testing/fixtures'
import { rightExactly } from './data'

test('the words of SQL and the function call the same answers right', async () => {
  const { categories } = await createProject()
  const label = fc.constantFrom(...Object.values(categories))
  const said = fc.record({
    answer: fc.option(label),
    truth: fc.record({ labelId: label, secondLabelId: fc.option(label) }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(said, { minLength: 1, maxLength: 40 }), async (all) => {
      const rows = await db.$queryRaw<{ exact: boolean }[]>`
        SELECT ${rightExactly(Prisma.sql`answer`, Prisma.sql`truth`)} AS exact
        FROM unnest(${all.map(({ answer }) => answer)}::uuid[],
          ${all.map(({ truth }) => truth.labelId)}::uuid[])
          WITH ORDINALITY AS said (answer, truth, place)
        ORDER BY place`
      expect(rows.map(({ exact }) => exact)).toEqual(
        all.map(({ answer, truth }) => isRight(answer, truth).exact),
      )
    }),
    { numRuns: 50 },
  )
})

test('without a final label nothing is right', async () => {
  const [row] = await db.$queryRaw<{ both: boolean }[]>`
    SELECT ${rightExactly(Prisma.sql`NULL::uuid`, Prisma.sql`NULL::uuid`)} AS both`
  expect(row).toEqual({ both: false })
})
