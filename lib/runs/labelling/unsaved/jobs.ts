import { isLasting } from '@/lib/platform/database-errors'
import { log } from '@/lib/platform/log'
import { type Outcome, saveOutcomes } from '../../outcomes/mutations'
import { rideOut } from '../database-outages/jobs'

/** Outcomes written in one transaction. */
const MOST_AT_ONCE = 500

/** Answers that have come and are not written yet. They are paid for: a database that is away for a moment doesn't lose them. */
export class Unsaved {
  readonly #outcomes: Outcome[] = []

  constructor(
    readonly run: { runId: string; signal: AbortSignal },
    readonly watch: {
      /** These are no longer in hand. */
      onSaved: (outcomes: readonly Outcome[]) => void
      /** Some can't be written, now or later. */
      onLost: () => void
    },
  ) {}

  get size(): number {
    return this.#outcomes.length
  }

  add(outcome: Outcome): void {
    this.#outcomes.push(outcome)
  }

  /** Writes what has come until now: more may come all the while. */
  async save(): Promise<void> {
    for (let open = this.size; open > 0; open -= MOST_AT_ONCE) {
      const taken = this.#outcomes.slice(0, Math.min(open, MOST_AT_ONCE))
      await this.#write(taken)
      this.#outcomes.splice(0, taken.length)
      this.watch.onSaved(taken)
    }
  }

  async #write(outcomes: readonly Outcome[]): Promise<void> {
    try {
      await rideOut(() => saveOutcomes(this.run.runId, outcomes), this.run)
    } catch (error) {
      if (!isLasting(error)) throw error
      if (outcomes.length > 1) {
        for (const outcome of outcomes) await this.#write([outcome])
        return
      }
      const caseIds = outcomes.flatMap(({ cases }) => cases.map(({ caseId }) => caseId))
      log.error({ error, runId: this.run.runId, caseIds }, 'writing what was said of cases')
      this.watch.onLost()
    }
  }
}
