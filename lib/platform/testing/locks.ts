import { setTimeout as wait } from 'node:timers/promises'
import { pool } from '../database'

/** Until so many connections to this test's database wait for a lock that another holds. */
export async function untilSomeoneWaits(connections = 1): Promise<void> {
  for (;;) {
    const { rowCount } = await pool.query(
      `SELECT 1 FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    if ((rowCount ?? 0) >= connections) return
    await wait(10)
  }
}
