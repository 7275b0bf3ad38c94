export const LONGEST_SUBJECT = 1_000
export const LONGEST_TEXT = 200_000

/** A person's tries within a minute; each asks up to two versions. */
export const MOST_TRIES_A_MINUTE = 20
