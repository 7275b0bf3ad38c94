import { Prisma } from '@/generated/prisma/client'
import { normaliseCase } from '@/lib/cases/adding/rules'
import { listNearCases } from '@/lib/cases/pools/neighbours/data'
import { type CaseContent, caseContent } from '@/lib/cases/schema'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { AppError, conflict, invalid, notFound } from '@/lib/platform/errors'
import { nameCategories } from '@/lib/projects/data'
import { parseAnswer } from '@/lib/runs/answers/rules'
import { findVersionByRef } from '../data'
import type { FormerTry, PastedCase, PickableCase, TryInput } from './schema'
import { readTurns } from './turns/rules'

const LISTED_CASES = 8

/** Of a row `c` of "Case": whether the person is asked about it, or might still be. */
const ownPart = (userId: string) => Prisma.sql`
  EXISTS (
    SELECT 1 FROM "Assignment" a WHERE a."caseId" = c.id AND a.status = 'open' AND (
      a."forUserId" = ${userId}::uuid
      OR a."holderId" = ${userId}::uuid AND a."leaseUntil" > now()
    )
  ) AS "isAsked",
  EXISTS (
    SELECT 1 FROM "Assignment" a
    WHERE a."caseId" = c.id AND a.status = 'open' AND a."forUserId" IS NULL
  ) AND NOT EXISTS (
    SELECT 1 FROM "CaseSight" k WHERE k."caseId" = c.id AND k."userId" = ${userId}::uuid
  ) AND NOT EXISTS (
    SELECT 1 FROM "Review" v
    WHERE v."caseId" = c.id AND v."reviewerId" = ${userId}::uuid AND NOT v.undone
  ) AS "leavesQueue"`

type OwnPart = { isAsked: boolean; leavesQueue: boolean }

/**
 * The newest cases of the example and dev pool with these words in id or subject. What the person is
 * being asked about is left out, and the test pool always.
 */
export async function listPickableCases(
  { projectId, userId }: Member,
  { q }: { q: string },
): Promise<PickableCase[]> {
  const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`
  return db.$queryRaw<PickableCase[]>`
    SELECT id, "externalId", subject, pool, "leavesQueue" FROM (
      SELECT c.id, c."externalId", c.subject, c.pool, ${ownPart(userId)} FROM "Case" c
      WHERE c."projectId" = ${projectId}::uuid AND c."archivedAt" IS NULL
        AND c.pool IN ('example', 'dev')
        AND (c."externalId" ILIKE ${like} OR c.subject ILIKE ${like})
    ) found
    WHERE NOT "isAsked" ORDER BY id DESC LIMIT ${LISTED_CASES}`
}

/** A case as it is tried, and the cases about which it tells the person something. */
export type TriedCase = {
  id: string | null
  externalId: string | null
  content: CaseContent
  /** Cases of the project that say nearly the same as what was pasted. */
  alike: { id: string; externalId: string }[]
  /** All cases of which suggestions are seen with it. */
  seen: string[]
  leavesQueue: boolean
}

/**
 * The case that someone wants to try: one that may be opened, or a pasted text. Throws not-found,
 * `invalid` without text, `conflict` while the person is being asked about it, and `forbidden` for
 * what stands, or nearly stands, in the test pool.
 */
export async function openTriedCase(member: Member, input: TryInput): Promise<TriedCase> {
  return input.caseId ? openPicked(member, input.caseId) : openPasted(member, input)
}

async function openPicked({ projectId, userId }: Member, id: string): Promise<TriedCase> {
  const [row] = await db.$queryRaw<({ externalId: string } & CaseContent & OwnPart)[]>`
    SELECT c."externalId", c.subject, c.messages, ${ownPart(userId)} FROM "Case" c
    WHERE c.id = ${id}::uuid AND c."projectId" = ${projectId}::uuid AND c."archivedAt" IS NULL
      AND c.pool IN ('example', 'dev')`
  if (!row) throw notFound('This case')
  if (row.isAsked) throw inHand()
  return {
    id,
    externalId: row.externalId,
    content: caseContent.parse(row),
    alike: [],
    seen: [id],
    leavesQueue: row.leavesQueue,
  }
}

const inHand = () =>
  conflict(
    'You have this case, or one that says nearly the same, in hand to review. Answer it or pass on it first.',
  )

async function openPasted({ projectId, userId }: Member, input: PastedCase): Promise<TriedCase> {
  const content = readPasted(input)
  const near = await listNearCases(projectId, content)
  if (near.some(({ pool }) => pool === 'test')) {
    throw new AppError(
      'forbidden',
      'Nearly the same text is in the locked test pool. It can’t be tried: a version would be made to fit what it is tested on.',
    )
  }
  const ids = near.map(({ caseId }) => caseId)
  const alike = await db.$queryRaw<({ id: string; externalId: string } & OwnPart)[]>`
    SELECT c.id, c."externalId", ${ownPart(userId)} FROM "Case" c
    WHERE c.id = ANY(${ids}::uuid[]) ORDER BY c.id`
  if (alike.some(({ isAsked }) => isAsked)) throw inHand()
  return {
    id: null,
    externalId: null,
    content,
    alike: alike.map(({ id, externalId }) => ({ id, externalId })),
    seen: alike.map(({ id }) => id),
    leavesQueue: alike.some(({ leavesQueue }) => leavesQueue),
  }
}

/** A pasted text as it would be kept. Throws `invalid` without text. */
export function readPasted({ subject, text }: PastedCase): CaseContent {
  const messages = readTurns(text)
  if (messages.length === 0) {
    throw invalid('There is no text to ask about. Paste the case’s text first.', {
      text: 'Paste the case’s text first.',
    })
  }
  return caseContent.parse(normaliseCase({ subject, messages }))
}

/** Those of the versions in which one of the cases, or a near-duplicate of it, is an example. */
export async function listVersionsThatKnow(
  versionIds: readonly string[],
  caseIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db.$queryRaw<{ versionId: string }[]>`
    SELECT DISTINCT e."versionId" FROM "Example" e
    JOIN "Case" o ON o.id = e."caseId"
    JOIN "Case" c ON c.id = o.id OR c."clusterId" = o."clusterId"
    WHERE e."versionId" = ANY(${[...versionIds]}::uuid[]) AND e.enabled
      AND c.id = ANY(${[...caseIds]}::uuid[])`
  return new Set(rows.map(({ versionId }) => versionId))
}

const LISTED_TRIES = 10

/** All cases that a person is being asked about now: few at a time. */
export async function listCasesInHand(userId: string): Promise<string[]> {
  const open = await db.assignment.findMany({
    where: {
      status: 'open',
      OR: [{ forUserId: userId }, { holderId: userId, leaseUntil: { gt: new Date() } }],
    },
    select: { caseId: true },
  })
  return open.map(({ caseId }) => caseId)
}

/** Of these cases, those that the person is being asked about: nothing of them is shown. */
async function listAsked(userId: string, caseIds: readonly string[]): Promise<ReadonlySet<string>> {
  const inHand = new Set(await listCasesInHand(userId))
  return new Set(caseIds.filter((id) => inHand.has(id)))
}

type Telling = { caseId: string | null; tellsOfIds: string[] }

/** Tries from before that was kept tell of their case at least. */
const listToldOf = ({ caseId, tellsOfIds }: Telling) => [
  ...new Set([...tellsOfIds, caseId ?? []].flat()),
]

/**
 * A person's own latest tries of a version, the newest first, and the cases they tell of: the caller
 * records their sight. Without those that tell of a case the person is being asked about. Throws
 * not-found.
 */
export async function listFormerTries(
  member: Member,
  ref: string,
): Promise<{ tries: FormerTry[]; tellsOfIds: string[] }> {
  const { projectId, userId } = member
  const version = await findVersionByRef(projectId, ref)
  const found = await db.asideCall.findMany({
    where: { projectId, versionId: version.id, askedById: userId, purpose: 'playground' },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: LISTED_TRIES,
    omit: { request: true },
  })
  const asked = await listAsked(userId, found.flatMap(listToldOf))
  const calls = found.filter((call) => !listToldOf(call).some((id) => asked.has(id)))
  const [categories, cases] = await Promise.all([
    db.category.findMany({ where: { projectId }, select: { key: true, name: true } }),
    db.case.findMany({
      where: { id: { in: calls.flatMap(({ caseId }) => caseId ?? []) }, projectId },
      select: { id: true, externalId: true, subject: true },
    }),
  ])
  const tries = calls.map(({ id, at, caseId, rawAnswer, stopReason, standIn }) => {
    const { labelKey } = parseAnswer(rawAnswer ?? '', { categories, stopReason })
    return {
      callId: id,
      at: at.toISOString(),
      case: cases.find((one) => one.id === caseId) ?? null,
      label: categories.find(({ key }) => key === labelKey)?.name ?? null,
      standIn,
    }
  })
  return { tries, tellsOfIds: [...new Set(calls.flatMap(listToldOf))] }
}

/**
 * The exact request of one of the person's own tries, as JSON, and the cases it tells of: the caller
 * records their sight. Throws not-found, and `conflict` while the person is being asked about one.
 */
export async function getTriedRequest(
  { projectId, userId }: Member,
  id: string,
): Promise<{ request: string; tellsOfIds: string[] }> {
  const call = await db.asideCall.findFirst({
    where: { id, projectId, askedById: userId, purpose: 'playground' },
    select: { request: true, caseId: true, tellsOfIds: true },
  })
  if (!call) throw notFound('This call')
  const tellsOfIds = listToldOf(call)
  if ((await listAsked(userId, tellsOfIds)).size > 0) {
    throw conflict(
      'This request tells something of a case that you have in hand to review. Answer it or pass on it first.',
    )
  }
  return { request: JSON.stringify(call.request, null, 2), tellsOfIds }
}

/** The final label of a case, by id and by name; null while there is none. */
export async function findFinalLabel(projectId: string, caseId: string) {
  const label = await db.finalLabel.findUnique({
    where: { caseId },
    select: { labelId: true, secondLabelId: true },
  })
  if (!label) return null
  const names = await nameCategories(projectId)
  return {
    truth: label,
    view: {
      label: names.get(label.labelId) ?? '',
      secondLabel: names.get(label.secondLabelId ?? '') ?? null,
    },
  }
}
