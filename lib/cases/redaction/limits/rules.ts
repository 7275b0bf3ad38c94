/** Characters of a text that is tried in the settings. */
export const LONGEST_PREVIEW = 20_000

/** Characters of each text of an example that is looked through as it is written. */
export const LONGEST_EXAMPLE = 60_000
