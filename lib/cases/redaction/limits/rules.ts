/** Characters of a text that is tried in the settings. */
export const LONGEST_PREVIEW = 20_000
