/** Marks what is to be reviewed out of turn. Enqueue it with the project's id as key. */
export const planReviewsJob: {
  readonly name: string
  readonly data?: { projectId: string }
} = { name: 'reviews.plan' }

/** How often runs gave a label to a case; null: no valid label. */
type Vote = {
  labelId: string | null
  n: number
  /** Those of runs like the one in force: the same prompt, asked again. */
  alike: number
}

/** A case of the example pool that nobody has been given yet. */
export type WaitingCase = {
  caseId: string
  /** Its random rank. */
  rank: number
  /** What the suggestion in force says; null: no valid label. */
  shownId: string | null
  /** Of all runs of the project like the one in force, real or stand-in. */
  votes: readonly Vote[]
  /** It is marked already. */
  marked: boolean
}

/** A case marked to be reviewed before its turn, and why. */
export type Mark = {
  caseId: string
  selection: 'targeted' | 'quota'
  /** Order among the marks, lower first. */
  place: number
  /** 0..1: the share of the cases looked at that are at most as risky; null for a quota pick. */
  risk: number | null
  /** The category short of its target that a quota pick is for. */
  aimedAtId: string | null
}
