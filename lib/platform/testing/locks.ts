import { setTimeout as wait } from 'node:timers/promises'
import { pool } from '../database'

/** Until some connection to this test's database waits for a lock that another holds. */
export async function untilSomeoneWaits(): Promise<void> {
  for (;;) {
    const { rowCount } = await pool.query(
      `SELECT 1 FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    if (rowCount) return
    await wait(10)
  }
}
