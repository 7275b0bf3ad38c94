/** Given to one person at once. More can be given again when it is done. */
export const LARGEST_HANDOUT = 2_000

/** Cases that are looked at for those that fit, by random rank: bounds what a gift costs. */
export const LOOKED_AT = 50_000
