import { nameVersion } from '../rules'
import type { VersionSummary } from './schema'

const LONGEST_CHANGE = 70

/** "draft from v2: 3 good examples added": one line to choose a version by, as drafts have no number. */
export function nameByChange(
  version: Pick<VersionSummary, 'id' | 'number' | 'parent' | 'changed'>,
) {
  const name = nameVersion(version, version.parent)
  const { changed } = version
  if (changed === '') return name
  const isLong = changed.length > LONGEST_CHANGE
  const said = isLong ? `${changed.slice(0, LONGEST_CHANGE).toWellFormed().trimEnd()}…` : changed
  return `${name}: ${said}`
}

/** The nearest ancestor that is in the list; null where there is none. */
export function findListedAncestor(
  id: string,
  parents: ReadonlyMap<string, string | null>,
  listed: ReadonlySet<string>,
): string | null {
  let ancestor = parents.get(id) ?? null
  while (ancestor !== null && !listed.has(ancestor)) ancestor = parents.get(ancestor) ?? null
  return ancestor
}

type Listed = Pick<VersionSummary, 'id' | 'number' | 'under' | 'released' | 'at'>

/** Versions that follow from each other, the newest first. */
export type Line<V> = VersionNode<V>[]
type VersionNode<V> = { version: V; branches: Line<V>[] }

/**
 * The versions as a tree that stays shallow: what follows from a version stands in one line with it,
 * and only what goes another way is a branch of it. Of several that follow, the line goes on with the
 * one that leads to the released version, else to the most versions, else to the highest number.
 * Drafts are always branches, as each may still become anything. Lines that begin without a parent
 * stand in the same order.
 */
export function growTree<V extends Listed>(versions: readonly V[]): Line<V>[] {
  const children = new Map<string | null, V[]>()
  const known = new Set(versions.map(({ id }) => id))
  for (const version of versions) {
    const under = version.under !== null && known.has(version.under) ? version.under : null
    children.set(under, [...(children.get(under) ?? []), version])
  }
  const worth = weigh(children)
  const byWorth = (a: V, b: V) => compareWorth(worth.get(a.id), worth.get(b.id)) || byNews(a, b)
  const grow = (first: V): Line<V> => {
    const line: Line<V> = []
    for (let version: V | undefined = first; version; ) {
      const following: V[] = [...(children.get(version.id) ?? [])].sort(byWorth)
      const next: V | undefined = following.find(({ number }) => number !== null)
      const others = following.filter((one) => one !== next).sort(byNews)
      line.unshift({ version, branches: others.map(grow) })
      version = next
    }
    return line
  }
  return [...(children.get(null) ?? [])].sort(byWorth).map(grow)
}

/** What is still worked on before what is frozen, the newest first. */
const byNews = (a: Listed, b: Listed) =>
  Number(a.number !== null) - Number(b.number !== null) || b.at.localeCompare(a.at)

/** What follows from a version, itself included. */
type Worth = { released: boolean; frozen: number; highest: number }

function compareWorth(a?: Worth, b?: Worth): number {
  if (!a || !b) return 0
  return Number(b.released) - Number(a.released) || b.frozen - a.frozen || b.highest - a.highest
}

function weigh<V extends Listed>(
  children: ReadonlyMap<string | null, readonly V[]>,
): Map<string, Worth> {
  const worth = new Map<string, Worth>()
  const measure = (version: V): Worth => {
    const following = (children.get(version.id) ?? []).map(measure)
    const sum: Worth = {
      released: version.released || following.some(({ released }) => released),
      frozen: following.reduce((n, { frozen }) => n + frozen, version.number === null ? 0 : 1),
      highest: Math.max(version.number ?? 0, ...following.map(({ highest }) => highest)),
    }
    worth.set(version.id, sum)
    return sum
  }
  for (const version of children.get(null) ?? []) measure(version)
  return worth
}

/** All versions of a line and of its branches. */
export function listLine<V>(line: Line<V>): V[] {
  return line.flatMap(({ version, branches }) => [version, ...branches.flatMap(listLine)])
}

/** So many of a long line are shown at first. */
const SHOWN = 8
/** A tree of up to so many versions is shown whole. */
const WHOLE = 14

/** How many of a line to show before one asks for the earlier ones; the released one is among them. */
export function countShown(line: Line<Listed>, all: number): number {
  if (all <= WHOLE) return line.length
  const released = line.findIndex(({ version }) => version.released)
  const shown = Math.max(SHOWN, released + 1)
  // One more line is no longer than the button that would show it.
  return line.length - shown <= 1 ? line.length : shown
}

/**
 * A branch is folded in a large tree unless someone still works on it, it is released, or it holds the
 * newest version, of this number.
 */
export function isFoldedAtFirst(branch: Line<Listed>, all: number, newest: number): boolean {
  return (
    all > WHOLE &&
    listLine(branch).every(
      ({ number, released }) => number !== null && number !== newest && !released,
    )
  )
}
