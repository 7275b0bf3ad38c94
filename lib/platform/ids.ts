import { v7 } from 'uuid'

/** A UUIDv7: sorts by time of making, can be made by server and client alike. */
export const newId = (): string => v7()
