import type { Member } from '@/lib/platform/access'
import type { Tx } from '@/lib/platform/database'
import { pickCheckCases, pickRepeats } from '../../checks/data'
import type { NewPersonal } from '../../checks/schema'
import { drawLanes, type Slot } from '../../settings/rules'
import { pickBatch } from '../picks/data'
import { inOrder, type Line, type Picked, START } from '../picks/rules'
import { DOUBT_SECONDS } from '../rules'
import type { Cursor, Standing } from '../standing/data'
import { walkLine } from '../walks/data'
import { type Batch, drawable, type Moved, placesLeft, toBatch } from './rules'

/** Rows looked at in one step of a walk, and how many steps a claim with something in hand takes. */
const STEPS = [512, 4_096, 4_096]

/** While nothing comes back, its cursor follows the time at this distance, in seconds. */
const QUIET = 60
const FOLLOW_AFTER = 180

/** A batch under way. */
type Hand = {
  n: number
  rows: Picked[]
  personal: NewPersonal[]
  cursors: Partial<Record<Line, Cursor>>
  moved: Map<Line, Moved>
}

const missing = ({ n, rows, personal }: Hand): number =>
  Math.max(0, n - rows.length - personal.length)

/**
 * Finds the next `n` cases for this person and locks them. Most claims are done with one statement;
 * where that leaves places empty, an empty lane gives them to the next, and lines that begin with more
 * than a window of what the person may not have are walked further.
 */
export async function gatherBatch(
  tx: Tx,
  member: Member,
  standing: Standing,
  { n, random }: { n: number; random: () => number },
): Promise<Batch> {
  const { cursors, handouts } = standing
  const draw = drawable(drawLanes(standing.settings, n, random), standing)
  const { picked, crowded } = await pickBatch(tx, member, { n, draw, handouts, cursors })
  const rows = inOrder(picked).slice(0, n)
  const places = placesLeft(draw, rows, n)
  const personal = await pickPersonal(tx, member, places, rows)
  const hand: Hand = { n, rows, personal, cursors, moved: new Map() }
  for (const { source, first } of picked) if (first) move(hand, source as Line, first)

  const fill: Line[] = missing(hand) > 0 ? ['random', 'targeted', 'second_opinion'] : []
  for (const line of new Set([...crowded, ...fill])) await walk(tx, member, hand, line)
  await followReturned(tx, member, hand, standing)
  if (hand.rows.length + personal.length === 0) await doubt(tx, member, hand)
  return toBatch(hand.rows, personal, places, [...hand.moved.values()])
}

/** Check cases alone, as many as there are: real work comes after the training. */
export async function gatherTraining(tx: Tx, member: Member, n: number): Promise<Batch> {
  const held = await tx.$queryRaw<{ id: string }[]>`
    SELECT a.id FROM "Assignment" a
    WHERE a."forUserId" = ${member.userId}::uuid AND a."projectId" = ${member.projectId}::uuid
      AND a.status = 'open' AND a.purpose = 'check_case'
    ORDER BY a."claimedAt", a.id LIMIT ${n}
    FOR NO KEY UPDATE OF a`
  const fresh = held.length < n ? await pickCheckCases(tx, member, n - held.length) : []
  const batch = toBatch([], fresh, [], [])
  return { ...batch, own: held.map(({ id }) => id) }
}

async function pickPersonal(
  tx: Tx,
  member: Member,
  places: readonly Slot[],
  rows: readonly Picked[],
): Promise<NewPersonal[]> {
  const checks = places.filter((slot) => slot === 'check_case').length
  const repeats = places.filter((slot) => slot === 'repeat').length
  const found = [
    ...(checks > 0 ? await pickCheckCases(tx, member, checks) : []),
    ...(repeats > 0 ? await pickRepeats(tx, member, repeats) : []),
  ]
  return found.filter(({ caseId }) => !rows.some((row) => row.caseId === caseId))
}

function move({ cursors, moved }: Hand, line: Line, to: { place: number; id: string }): void {
  const known = cursors[line]
  if (moved.has(line) || (known?.place === to.place && known.id === to.id)) return
  moved.set(line, { line, to, since: known?.since ?? null })
}

/** Goes on in one line until the batch is full or the line ends, by steps; the cursor keeps what was found. */
async function walk(tx: Tx, member: Member, hand: Hand, line: Line): Promise<void> {
  let from = hand.cursors[line] ?? START
  let front = null
  for (let step = 0; ; step++) {
    const size = STEPS[Math.min(step, STEPS.length - 1)] ?? 0
    const except = [...hand.rows, ...hand.personal].map(({ caseId }) => caseId)
    const seen = await walkLine(tx, member, line, from, { n: missing(hand), size, except })
    hand.rows.push(...seen.picked)
    front ??= seen.first
    from = seen.last
    const enough = step + 1 >= STEPS.length && hand.rows.length > 0
    if (!seen.more || missing(hand) === 0 || enough) break
  }
  hand.moved.delete(line)
  move(hand, line, front ?? from)
}

/**
 * Leases that were renewed or answered leave dead entries at the front of what came back. While nothing
 * does, the cursor follows the time, so that they are not read again.
 */
async function followReturned(
  tx: Tx,
  member: Member,
  hand: Hand,
  { now }: Standing,
): Promise<void> {
  const line = 'returned'
  const known = hand.cursors[line] ?? START
  if (hand.moved.has(line) || known.place > now - FOLLOW_AFTER) return
  if (hand.rows.some(({ source }) => source === line)) return
  const seen = await walkLine(tx, member, line, known, { n: 0, size: 64, except: [] })
  const quiet = { place: now - QUIET, id: START.id }
  if (seen.first) move(hand, line, seen.first)
  else move(hand, line, seen.more || seen.last.place > quiet.place ? seen.last : quiet)
}

/** Before anyone is told that nothing is left, what became free behind their cursors is looked for. */
async function doubt(tx: Tx, member: Member, hand: Hand): Promise<void> {
  const lines: Line[] = ['returned', 'escalated', 'random', 'targeted', 'second_opinion']
  for (const line of lines) {
    if ((hand.cursors[line]?.age ?? 0) < DOUBT_SECONDS) continue
    delete hand.cursors[line]
    hand.moved.delete(line)
    await walk(tx, member, hand, line)
  }
}
