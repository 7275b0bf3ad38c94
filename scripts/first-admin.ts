import { db, pool } from '@/lib/platform/database'
import { env } from '@/lib/platform/env'
import { createFirstAdminLink } from '@/lib/users/accounts/mutations'
import { accountPath } from '@/lib/users/accounts/rules'

// Run at every start in production mode: while there are no people, prints the one-time link.
const token = await createFirstAdminLink()
if (token)
  process.stdout.write(`Make the first admin: ${env().NEXTAUTH_URL}${accountPath(token)}\n`)
await db.$disconnect()
if (!pool.ended) await pool.end()
