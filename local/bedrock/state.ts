import { createHash } from 'node:crypto'
import type { JobBook } from './batch/job'
import { BATCH_DEFAULTS, type BatchSettings } from './batch/settings'
import { PromptCache } from './cache'
import { type Classifier, trainClassifier } from './classifier'
import { type Faults, NO_FAULTS } from './faults'
import { Limits } from './limits'
import { readInstructions } from './prompt'

const KEPT_CLASSIFIERS = 16
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
  readonly #labels = new Map<string, string[]>()
  readonly #attempts = new Map<string, number>()
  readonly #classifiers = new Map<string, Classifier>()

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

  /** What was said to this content before, else what is said now. */
  recall(content: string, say: () => string): string {
    const key = digest(content)
    const said = this.#answers.get(key) ?? say()
    this.#answers.set(key, said)
    forgetOldest(this.#answers, KEPT_ANSWERS)
    return said
  }

  /** How often this content was asked before, the present time included: 1, 2, … */
  countAttempt(content: string): number {
    const key = digest(content)
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

  /** A function of the texts alone; kept because a run sends the same instructions every time. */
  learn(...texts: string[]): Classifier {
    const key = digest(JSON.stringify(texts))
    const classifier = this.#classifiers.get(key) ?? trainClassifier(readInstructions(...texts))
    this.#classifiers.delete(key)
    this.#classifiers.set(key, classifier)
    forgetOldest(this.#classifiers, KEPT_CLASSIFIERS)
    return classifier
  }

  /** The categories that the texts name; kept as the classifiers are. */
  listLabels(...texts: string[]): string[] {
    const key = digest(JSON.stringify(texts))
    const labels =
      this.#labels.get(key) ?? readInstructions(...texts).categories.map(({ name }) => name)
    this.#labels.set(key, labels)
    forgetOldest(this.#labels, KEPT_CLASSIFIERS)
    return labels
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}

function forgetOldest(map: Map<string, unknown>, kept: number): void {
  for (const key of map.keys()) {
    if (map.size <= kept) return
    map.delete(key)
  }
}
