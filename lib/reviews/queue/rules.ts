/** Claims are leased for this long and renewed while the page is open. */
export const LEASE_SECONDS = 300

/** The case in view and the next few. */
export const BATCH_SIZE = 5

/** Key of the advisory lock under which a person's claims change. */
export const claimLock = (userId: string): string => `claim ${userId}`

/** What one request may ask for. */
export const LARGEST_BATCH = 25

/** A cursor older than this starts over: what became free behind it is seen again. */
export const CURSOR_SECONDS = 600

/** One older than this is not believed when it says that nothing is left. */
export const DOUBT_SECONDS = 60
