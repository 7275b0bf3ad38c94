import { Prisma } from '@/generated/prisma/client'

/**
 * `isRight(…).exact` in SQL, for lists that must hold what the figures count: never null, and not right
 * without a label on either side. `answer` is the label as it was said, `truth` a final label.
 */
export const rightExactly = (answer: Prisma.Sql, truth: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`coalesce(label_now(${answer}) = ${truth}, false)`
