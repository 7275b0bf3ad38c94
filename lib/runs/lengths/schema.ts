/** How long cases are, in tokens as `estimateTokens` counts them. */
export type CaseLengths = {
  cases: number
  median: number
  longest: number
  /** `upTo` null: longer than all before. */
  bins: { upTo: number | null; cases: number }[]
  packs: PackFit[]
}

/** Packs of a size with the version’s prompt. */
export type PackFit = {
  packSize: number
  /** Cases that the model's longest answer has room for. */
  most: number
  /** Tokens that each case has where all are equally long; 0: the prompt leaves none. */
  room: number
  /** Cases that are no longer than that. */
  fits: number
}
