import { setTimeout as wait } from 'node:timers/promises'
import type { Member } from '@/lib/platform/access'
import { getRun } from '../data'
import { isEnded } from '../rules'
import type { RunView } from '../schema'

const INTERVAL_MS = 500
/** A large run takes longer to look at: no more than a tenth of the time goes into that. */
const SHARE = 10

/** One look at a run for all who follow it in this process. */
const looks = new Map<string, Promise<RunView>>()

/**
 * The run's progress whenever it changes, from now until it has ended. The first value comes at once.
 * Throws `not_found`.
 */
export async function followRun(
  member: Member,
  runId: string,
): Promise<(signal: AbortSignal) => AsyncGenerator<RunView>> {
  const first = await getRun(member, runId)
  return async function* (signal) {
    let shown = JSON.stringify(first)
    let run = first
    yield first
    let took = 0
    while (!isEnded(run.status)) {
      const pause = Math.max(INTERVAL_MS, took * SHARE)
      await wait(pause, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      const began = Date.now()
      run = await look(member, runId)
      took = Date.now() - began
      const now = JSON.stringify(run)
      if (now === shown) continue
      shown = now
      yield run
    }
  }
}

/** What a run's page shows is the same for everyone who may see it. */
function look(member: Member, runId: string): Promise<RunView> {
  const known = looks.get(runId)
  if (known) return known
  const asked = getRun(member, runId).finally(() => looks.delete(runId))
  looks.set(runId, asked)
  return asked
}
