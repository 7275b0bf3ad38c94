/** Characters of subject and messages together. */
export const LONGEST_CASE = 200_000
export const MOST_MESSAGES = 1_000
export const MOST_FIELDS = 100
