import type { JobBook } from './batch/job'
import { BATCH_DEFAULTS, type BatchSettings } from './batch/settings'
import { PromptCache } from './cache'
import { type Faults, NO_FAULTS } from './faults'
import { Limits } from './limits'
import { type Study, studyPrompt } from './study'

const KEPT_STUDIES = 16
const KEPT_ANSWERS = 5_000
/** Beyond this many different contents the oldest attempt counts are forgotten. */
const KEPT_ATTEMPTS = 100_000

/** What happened to a call: `ok`, `cut_off`, `malformed:<kind>`, `disconnected`, an error's name. */
export type Stats = {
  /** Calls that have no answer yet. */
  open: number
  /** Calls that have ended. */
  calls: number
  outcomes: Record<string, number>
  inputTokens: number
  outputTokens: number
}

/** What one local Bedrock remembers between calls. */
export class State {
  readonly stats: Stats = { open: 0, calls: 0, outcomes: {}, inputTokens: 0, outputTokens: 0 }
  #faults: Faults
  /** For batch jobs that come from now on. */
  batch: BatchSettings = BATCH_DEFAULTS
  /** Null until the data folder is open. */
  jobs: JobBook | null = null
  #ahead = 0
  /** Milliseconds since 1970, by a clock that can be put forward. */
  readonly now = () => Date.now() + this.#ahead
  readonly cache = new PromptCache(this.now)
  readonly limits = new Limits(this.now)
  readonly #answers = new Map<string, string>()
  readonly #attempts = new Map<string, number>()
  readonly #studies = new Map<string, Study>()

  constructor(
    faults: Faults = NO_FAULTS,
    readonly denied: ReadonlySet<string> = new Set(),
  ) {
    this.#faults = faults
  }

  get faults(): Faults {
    return this.#faults
  }

  /** Sets what goes wrong from now on, and counts attempts anew so that a seed repeats itself. */
  setFaults(faults: Faults): void {
    this.#faults = faults
    this.#attempts.clear()
    this.#answers.clear()
  }

  /** Makes time pass, for whatever lasts minutes: caches, quotas, jobs. */
  putForward(milliseconds: number): void {
    this.#ahead += milliseconds
  }

  /** What was said to calls of this key before, else what is said now. */
  recall(key: string, say: () => string): string {
    const said = this.#answers.get(key) ?? say()
    this.#answers.set(key, said)
    forgetOldest(this.#answers, KEPT_ANSWERS)
    return said
  }

  /** How often a call of this key was made before, the present time included: 1, 2, … */
  countAttempt(key: string): number {
    const attempt = (this.#attempts.get(key) ?? 0) + 1
    this.#attempts.delete(key)
    this.#attempts.set(key, attempt)
    forgetOldest(this.#attempts, KEPT_ATTEMPTS)
    return attempt
  }

  countOutcome(outcome: string, inputTokens = 0, outputTokens = 0): void {
    this.stats.calls += 1
    this.stats.outcomes[outcome] = (this.stats.outcomes[outcome] ?? 0) + 1
    this.stats.inputTokens += inputTokens
    this.stats.outputTokens += outputTokens
  }

  /** Kept by the texts themselves: comparing long ones is cheaper than hashing them. */
  study(system: string, question: string | null): Study {
    const key = JSON.stringify(question) + system
    const study = this.#studies.get(key) ?? studyPrompt(system, question)
    this.#studies.delete(key)
    this.#studies.set(key, study)
    forgetOldest(this.#studies, KEPT_STUDIES)
    return study
  }
}

function forgetOldest(map: Map<string, unknown>, kept: number): void {
  for (const key of map.keys()) {
    if (map.size <= kept) return
    map.delete(key)
  }
}
