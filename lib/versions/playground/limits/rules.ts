export const LONGEST_SUBJECT = 1_000
export const LONGEST_TEXT = 200_000
