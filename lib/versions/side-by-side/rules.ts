import { holm, type PairCounts } from '@/lib/accuracy/comparison/rules'
import { bestOfEqual } from '@/lib/accuracy/selection/rules'
import { judgeTrial } from '@/lib/accuracy/trials/rules'
import { nameVersion } from '../rules'
import type { VersionName } from '../schema'
import type { Candidate, Side, SideBySideView } from './schema'

/** Below this mid-p, corrected for all comparisons, a difference counts as found. */
const FOUND_BELOW = 0.05

/** The address of the page; versions as they are named in addresses. */
export const sideBySidePath = (project: string, base: string, of: readonly string[]): string =>
  `/projects/${project}/versions/side-by-side?base=${base}&of=${of.join(',')}`

/**
 * Each candidate against the baseline, judged together: with many tries one looks better by chance, so
 * mid-p is corrected by Holm's rule. Null stays null and does not count as a try.
 */
export function judgeTogether(pairs: readonly (PairCounts | null)[]): Candidate['comparison'][] {
  const judged = pairs.map((pair) => (pair && pair.n > 0 ? judgeTrial(pair) : null))
  const adjusted = holm(judged.flatMap((one) => one?.midP ?? []))
  return judged.map((one) => {
    if (!one) return null
    const adjustedP = adjusted.shift() ?? 1
    const { n, onlyOld, onlyNew, gain, interval, midP } = one
    const apart = interval.low > 0 || interval.high < 0
    const verdict =
      adjustedP < FOUND_BELOW && apart ? (gain > 0 ? 'better' : 'worse') : 'cannot tell yet'
    return { n, onlyOld, onlyNew, gain, interval, midP, adjustedP, verdict }
  })
}

/** Ids of the versions that still have to be run on dev. */
export const listMissing = ({ base, candidates }: SideBySideView): string[] =>
  [base, ...candidates].flatMap(({ id, run }) => (run ? [] : id))

export const isUnderWay = ({ base, candidates }: SideBySideView): boolean =>
  [base, ...candidates].some(({ run }) => run !== null && run.status !== 'done')

/** "draft from v2, Proposal: …": drafts of one parent are told apart by their notes. */
export function nameSide({ parent, note, ...version }: Side): string {
  const name = nameVersion(version, parent)
  return version.number === null && note !== '' ? `${name} (${note})` : name
}

const points = (share: number) => `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(1)}`

type Compared = Candidate & { comparison: NonNullable<Candidate['comparison']> }

/** What can be said, first in a line and then with the reason. */
export function describeSideBySide({ base, candidates }: SideBySideView): {
  headline: string
  sentence: string
} {
  const compared = candidates.filter((one): one is Compared => one.comparison !== null)
  const baseName = nameVersion(base, base.parent)
  if (compared.length === 0) {
    return {
      headline: 'Nothing to compare yet',
      sentence: `Both ${baseName} and at least one of the others need a finished run on dev whose cases have final labels.`,
    }
  }
  const of = (verdict: string) =>
    compared
      .filter(({ comparison }) => comparison.verdict === verdict)
      .sort((a, b) => b.comparison.gain - a.comparison.gain)
  const [better, worse] = [of('better'), of('worse')]
  const k = compared.length
  const corrected = k === 1 ? '' : `, also after the correction for ${k} comparisons`
  const worseToo =
    worse.length > 0 ? ` Worse than ${baseName}: ${worse.map(nameSide).join('; ')}.` : ''
  const first = better[0]
  if (!first) {
    return {
      headline:
        worse.length === k
          ? `${k === 1 ? 'It is' : `All ${k} are`} worse than ${baseName} on dev`
          : `None can be told to be better than ${baseName} yet`,
      sentence: `${describeChance(compared)}${worseToo}`.trim(),
    }
  }
  const others =
    better.length > 1
      ? ` So ${better.length === 2 ? 'is' : 'are'} ${better.slice(1).map(nameSide).join('; ')}; which of them is best can’t be told from this.`
      : ''
  const { gain, interval } = first.comparison
  return {
    headline: `Better than ${baseName} on dev: ${nameSide(first)}`,
    sentence:
      `${points(gain)} points, between ${points(interval.low)} and ${points(interval.high)}${corrected}.${others}${worseToo} ${describeChance(compared)} Confirm the one you choose on test.`.replace(
        /\s+/g,
        ' ',
      ),
  }
}

/** That the best of several looks better than it is, and by how much here. */
function describeChance(compared: readonly Compared[]): string {
  if (compared.length < 2) return ''
  const n = Math.min(...compared.map(({ comparison }) => comparison.n))
  const shares = compared.map(({ comparison: { n, onlyOld, onlyNew } }) => (onlyOld + onlyNew) / n)
  const differing = shares.reduce((sum, share) => sum + share, 0) / shares.length
  // Versions that answer alike leave nothing to chance.
  if (differing === 0) return ''
  const luck = bestOfEqual({ candidates: compared.length, differing, n })
  return `The best of ${compared.length} looks better than it is: if all were equally good, the luckiest would still seem to gain ${(luck * 100).toFixed(1)} points on these ${n} cases.`
}

type Choosable = VersionName & { parent: VersionName | null; at: string }

/**
 * What chosen versions are compared with: the parent that all of them share, or the one of them that
 * the others were made from, else the oldest. Null for fewer than two.
 */
export function arrangeSides(
  chosen: readonly Choosable[],
): { base: VersionName; of: VersionName[] } | null {
  const [oldest] = [...chosen].sort((a, b) => a.at.localeCompare(b.at))
  if (!oldest || chosen.length < 2) return null
  const isParentOfRest = ({ id }: VersionName) =>
    chosen.every((one) => one.id === id || one.parent?.id === id)
  const candidates = [...(oldest.parent ? [oldest.parent] : []), ...chosen]
  const base = candidates.find(isParentOfRest) ?? oldest
  return { base, of: chosen.filter(({ id }) => id !== base.id) }
}
