/** What a place in a batch is for. */
export type Slot = 'random' | 'targeted' | 'second_opinion' | 'check_case' | 'repeat'

/** Per cent of what is handed out. */
export type Shares = {
  randomShare: number
  targetedShare: number
  secondShare: number
  checkShare: number
  repeatShare: number
}

/** Those of a project that has set nothing: METHODS §5 asks for a third, a half and a sixth. */
export const DEFAULT_SETTINGS = {
  randomShare: 33,
  targetedShare: 50,
  secondShare: 9,
  checkShare: 5,
  repeatShare: 3,
  pairCap: 20,
  checkFeedback: true,
  trainingCases: 0,
  trainingPass: 80,
  repeatAfterDays: 14,
}

/** Each slot's share in per cent, in a fixed order. */
export const sharesOf = (mix: Shares): readonly (readonly [Slot, number])[] => [
  ['random', mix.randomShare],
  ['targeted', mix.targetedShare],
  ['second_opinion', mix.secondShare],
  ['check_case', mix.checkShare],
  ['repeat', mix.repeatShare],
]

export function sumOfShares(mix: Shares): number {
  return sharesOf(mix).reduce((sum, [, share]) => sum + share, 0)
}

const KINDS: Record<Slot, readonly [one: string, several: string]> = {
  random: ['comes in random order', 'come in random order'],
  targeted: ['is picked on purpose', 'are picked on purpose'],
  second_opinion: ['is a second opinion', 'are second opinions'],
  check_case: ['is a check case', 'are check cases'],
  repeat: ['is a repeat', 'are repeats'],
}

/** The mix in a sentence; null while the shares do not add up to 100. */
export function describeMix(mix: Shares): string | null {
  if (sumOfShares(mix) !== 100) return null
  const parts = sharesOf(mix).flatMap(([slot, share]) =>
    share === 0 ? [] : [`${share} ${KINDS[slot][share === 1 ? 0 : 1]}`],
  )
  const last = parts.pop()
  return `Of 100 cases ${parts.length === 0 ? last : `${parts.join(', ')} and ${last}`}.`
}

/**
 * What each of the next `n` places is for: every one is drawn by itself, so that nobody can tell what
 * kind a case is from where it stands. `random` gives numbers in [0, 1).
 */
export function drawLanes(mix: Shares, n: number, random: () => number): Slot[] {
  const shares = sharesOf(mix)
  const whole = sumOfShares(mix)
  return Array.from({ length: n }, () => {
    let left = random() * whole
    for (const [slot, share] of shares) {
      if (left < share) return slot
      left -= share
    }
    return 'random'
  })
}
