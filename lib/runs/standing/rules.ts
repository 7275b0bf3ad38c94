/** Whoever asks waits for so long. */
export const PATIENCE_MS = 20_000

/** With less time than this left nothing is asked any more: it would be paid for and thrown away. */
export const LEAST_LEFT_MS = 1_000

/** Questions of one person to the model: at once in one server, and within a minute. */
export const MOST_AT_ONCE = 20
export const MOST_A_MINUTE = 300

const KEPT = 'The case is kept: ask again.'

/** What to tell whoever waits when the model gave no answer; sentences of runs speak of runs. */
export const explainNoAnswer = (error: string): string =>
  `The model gave no answer (${error.replace(/,? then (start a new run|go on)\.$/, '.').replace(/\.$/, '')}). ${KEPT}`

export const explainTooLate = (patienceMs: number): string =>
  `The model gave no answer within ${Math.round(patienceMs / 1_000)} seconds. The case is kept: ask again, and it is asked about again.`

export const NOTHING_RELEASED =
  'No version is released, so there is nothing that labels new cases. Release a version first. Nothing was kept.'

export const IN_HAND =
  'You have this case in hand to review. Answer it or pass on it first: then ask what the model says.'
