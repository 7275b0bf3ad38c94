import { z } from 'zod'
import { Prisma } from '@/generated/prisma/client'
import { message } from '@/lib/cases/schema'
import type { Member } from '@/lib/platform/access'
import { type Database, db } from '@/lib/platform/database'
import { mayReview } from '@/lib/reviews/policy'
import { renderExampleCase } from '../examples/rules'
import { formatPlace, isUndecided, parsePlace } from './rules'
import type {
  CorrectionBrief,
  CorrectionFilter,
  CorrectionKind,
  CorrectionPage,
  CorrectionStatus,
  CorrectionView,
  ListFilter,
} from './schema'

const messages = z.array(message)

const PAGE_SIZE = 25
/** Near-duplicates that a row tells; beyond them it tells how many there are. */
const ALIKE_LISTED = 50

/**
 * Not the corrections of a case that this person may yet be asked about, or has in hand: they would
 * give away what someone else said of it. They come into view with the person's answer, or with the
 * final label.
 */
const inView = (member: Member): Prisma.Sql =>
  mayReview(member)
    ? Prisma.sql`AND (
        f."caseId" IS NOT NULL
        OR EXISTS (
          SELECT 1 FROM "Review" own
          WHERE own."caseId" = c.id AND own."reviewerId" = ${member.userId}::uuid AND NOT own.undone
            AND NOT EXISTS (SELECT 1 FROM "Review" newer WHERE newer."supersedesId" = own.id)
        )
        OR NOT EXISTS (SELECT 1 FROM "Assignment" a WHERE a."caseId" = c.id AND a.status = 'open')
      )
      AND NOT EXISTS (
        SELECT 1 FROM "Assignment" a WHERE a."caseId" = c.id AND a.status = 'open' AND (
          a."forUserId" = ${member.userId}::uuid
          OR a."holderId" = ${member.userId}::uuid AND a."leaseUntil" > now())
      )`
    : Prisma.empty

/**
 * Reviews with a thumbs down or a wrong reason, the newest of each person and assignment, of the
 * example pool: only there people see a suggestion, and only from there an example may come. Not those
 * to check cases: their truth was known, and everyone is asked. With what is left to do about each:
 * promotion outweighs what was decided before it.
 */
const corrections = (member: Member, where = Prisma.empty): Prisma.Sql => Prisma.sql`
  SELECT k.*,
    CASE WHEN k."wrongReason" AND k."rightId" = k."suggestedId" THEN 'reason'
      WHEN k."closeCall" THEN 'close' ELSE 'label' END AS kind,
    CASE WHEN EXISTS (
        SELECT 1 FROM "Example" e JOIN "Version" v ON v.id = e."versionId"
        WHERE e."reviewId" = k."reviewId" AND v."archivedAt" IS NULL) THEN 'promoted'
      WHEN k.decision = 'dismissed' THEN 'dismissed'
      WHEN k."rightId" IS NULL AND k.decision IS NULL THEN 'unsettled'
      WHEN k."rightId" = k."suggestedId" AND NOT k."wrongReason" THEN 'overruled'
      WHEN k.decision = 'later' THEN 'later' ELSE 'open' END AS status
  FROM (
    SELECT r.id AS "reviewId", r."caseId", COALESCE(c."clusterId", c.id) AS cluster,
      c."externalId", c.subject, c.messages, r.note, r."reviewerId", r."createdAt" AS at,
      label_now(s."labelId") AS "suggestedId", s.explanation, v.number AS "versionNumber",
      COALESCE(f."labelId", label_now(r."labelId")) AS "rightId",
      label_now(r."secondLabelId") AS "secondLabelId", r."closeCall",
      r."wrongReason", f.source::text AS source, d.decision, d.reason
    FROM "Review" r
    JOIN "Case" c ON c.id = r."caseId" AND c.pool = 'example' AND c."archivedAt" IS NULL
    LEFT JOIN "Suggestion" s ON s.id = r."suggestionId"
    LEFT JOIN "Run" u ON u.id = s."runId"
    LEFT JOIN "Setup" p ON p.id = u."setupId"
    LEFT JOIN "Version" v ON v.id = p."versionId"
    LEFT JOIN "FinalLabel" f ON f."caseId" = r."caseId"
    LEFT JOIN "CorrectionDecision" d ON d."reviewId" = r.id
    WHERE r."projectId" = ${member.projectId}::uuid AND NOT r.undone
      AND r.purpose IN ('ordinary', 'second_opinion')
      AND (r.thumb = 'down' OR r."wrongReason")
      AND NOT EXISTS (SELECT 1 FROM "Review" newer WHERE newer."supersedesId" = r.id)
      ${inView(member)} ${where}
  ) k`

/** What one correction decides for those like it, the strongest first. */
const STRONGEST = Prisma.sql`
  array_position(ARRAY['promoted', 'open', 'unsettled', 'later', 'dismissed', 'overruled'], status)`

const FOLD = Prisma.sql`PARTITION BY kind, "suggestedId", "rightId", cluster`

/** The same as a text; a function of the database would be one more thing to keep. */
const FOLD_KEY = Prisma.sql`
  concat_ws(' ', kind, COALESCE("suggestedId"::text, '-'), COALESCE("rightId"::text, '-'), cluster)`

/**
 * The corrections that fit, as CTE `folded`: with `nth` 1 the one that stands for the near-duplicates of
 * its pair. `state` is what is left to do about the whole fold and `size` how many are in it, whatever
 * the filter leaves of it.
 */
export const foldedCorrections = (member: Member, filter: CorrectionFilter): Prisma.Sql => {
  const { version, reviewer, from, to, opinion } = filter
  const where = [Prisma.sql`true`]
  if (version) where.push(Prisma.sql`"versionNumber" = ${version}`)
  if (reviewer) where.push(Prisma.sql`"reviewerId" = ${reviewer}::uuid`)
  if (from) where.push(Prisma.sql`at >= ${from}::timestamp AT TIME ZONE 'UTC'`)
  if (to) where.push(Prisma.sql`at < (${to}::date + 1)::timestamp AT TIME ZONE 'UTC'`)
  if (opinion === 'settled')
    where.push(Prisma.sql`source IS DISTINCT FROM 'review' AND source IS NOT NULL`)
  if (opinion === 'single') where.push(Prisma.sql`COALESCE(source, 'review') = 'review'`)
  return Prisma.sql`
    WITH facts AS (${corrections(member)}),
    states AS (
      SELECT "reviewId", kind, "suggestedId", "rightId", cluster, status, at, "versionNumber",
        "reviewerId", source, first_value(status) OVER (${FOLD} ORDER BY ${STRONGEST}) AS state,
        count(*) OVER (${FOLD})::int AS size
      FROM facts
    ),
    folded AS (
      SELECT *,
        row_number() OVER (${FOLD} ORDER BY (status = state) DESC, at DESC, "reviewId" DESC) AS nth
      FROM states WHERE ${Prisma.join(where, ' AND ')}
    )`
}

const sameAs = (column: string, id: string | null | undefined): Prisma.Sql =>
  id === undefined
    ? Prisma.empty
    : Prisma.sql`AND ${Prisma.raw(`"${column}"`)} IS NOT DISTINCT FROM ${id}::uuid`

/**
 * Corrections that fit, near-duplicates of a pair folded into one; what waits for a decision first,
 * then the newest, 25 a page unless told otherwise. Whoever shows them records that they were seen (`listSeen`).
 */
export async function listCorrections(
  member: Member,
  filter: ListFilter,
  size = PAGE_SIZE,
): Promise<CorrectionPage> {
  type Fold = { reviewId: string; at: Date; state: CorrectionStatus; size: number } & FoldPlace
  const { kind, suggested, right, status, after } = filter
  const undecided = Prisma.sql`(state IN ('open', 'unsettled'))`
  const place = after ? parsePlace(after) : null
  const found = await db.$queryRaw<Fold[]>`
    ${foldedCorrections(member, filter)}
    SELECT "reviewId", at, state, size, cluster, ${FOLD_KEY} AS fold FROM folded
    WHERE nth = 1 ${sameAs('suggestedId', suggested)} ${sameAs('rightId', right)}
      ${kind ? Prisma.sql`AND kind = ${kind}` : Prisma.empty}
      ${status ? Prisma.sql`AND state = ${status}` : Prisma.empty}
      ${
        place
          ? Prisma.sql`AND (${undecided}, at, "reviewId")
              < (${place.undecided}, ${place.at}, ${place.reviewId}::uuid)`
          : Prisma.empty
      }
    ORDER BY ${undecided} DESC, at DESC, "reviewId" DESC LIMIT ${size + 1}`
  const folds = found.slice(0, size)
  const ids = folds.map(({ reviewId }) => reviewId)
  const [views, briefs] = await Promise.all([
    findCorrections(member, ids),
    listAlike(
      member,
      folds.filter((one) => one.size > 1),
    ),
  ])
  const rows = folds.flatMap(({ reviewId, state, size: n, fold }) => {
    const shown = views.get(reviewId)
    if (!shown) return []
    const alike = (briefs.get(fold) ?? []).filter((one) => one.reviewId !== reviewId)
    return [{ ...shown, status: state, alike: alike.slice(0, ALIKE_LISTED), alikeCount: n - 1 }]
  })
  const last = folds.at(-1)
  const hasMore = found.length > size && last
  return {
    rows,
    next: hasMore ? formatPlace({ ...last, undecided: isUndecided(last.state) }) : null,
  }
}

/** The cases of a page, for the record of what was seen. */
export const listSeen = ({ rows }: CorrectionPage): string[] =>
  rows.flatMap(({ caseId, alike }) => [caseId, ...alike.map((one) => one.caseId)])

/** One correction in view; null when the review is none (any more), or not for this person to see. */
export async function findCorrection(
  member: Member,
  reviewId: string,
  database: Database = db,
): Promise<CorrectionView | null> {
  return (await findCorrections(member, [reviewId], database)).get(reviewId) ?? null
}

type Row = {
  reviewId: string
  caseId: string
  externalId: string
  subject: string
  messages: unknown
  note: string
  reviewer: string | null
  at: Date
  kind: CorrectionKind
  suggestedId: string | null
  explanation: string | null
  versionNumber: number | null
  rightId: string | null
  secondLabelId: string | null
  closeCall: boolean
  wrongReason: boolean
  source: CorrectionView['source']
  status: CorrectionStatus
  reason: string | null
}

type FoldPlace = { cluster: string; fold: string }

/**
 * The newest of each fold in short, without the texts of their cases; of more than are listed one more,
 * as one of them may be the one that stands for the fold.
 */
async function listAlike(
  member: Member,
  folds: readonly FoldPlace[],
): Promise<Map<string, CorrectionBrief[]>> {
  const found = new Map<string, CorrectionBrief[]>()
  if (folds.length === 0) return found
  type Brief = Pick<Row, 'reviewId' | 'caseId' | 'externalId' | 'subject' | 'note'>
  const rows = await db.$queryRaw<(Brief & Pick<Row, 'reviewer' | 'at'> & { fold: string })[]>`
    SELECT "reviewId", "caseId", "externalId", subject, note, at, fold,
      (SELECT name FROM "User" WHERE id = k."reviewerId") AS reviewer
    FROM (
      SELECT *, ${FOLD_KEY} AS fold,
        row_number() OVER (${FOLD} ORDER BY at DESC, "reviewId" DESC) AS nth
      FROM (${corrections(member, inClusters(folds.map(({ cluster }) => cluster)))}) facts
    ) k
    WHERE fold = ANY(${folds.map(({ fold }) => fold)}) AND nth <= ${ALIKE_LISTED + 1}
    ORDER BY nth`
  for (const { fold, reviewer, at, ...row } of rows) {
    const brief = { ...row, reviewer: reviewer ?? 'Someone who left', at: at.toISOString() }
    found.set(fold, [...(found.get(fold) ?? []), brief])
  }
  return found
}

const inClusters = (clusters: readonly string[]): Prisma.Sql =>
  Prisma.sql`AND COALESCE(c."clusterId", c.id) = ANY(${[...clusters]}::uuid[])`

/** All that are folded with a correction at this moment, itself among them; none where it is none. */
export async function listFold(
  member: Member,
  reviewId: string,
  database: Database = db,
): Promise<string[]> {
  const where = Prisma.sql`AND COALESCE(c."clusterId", c.id) = (
    SELECT COALESCE(one."clusterId", one.id) FROM "Review" v JOIN "Case" one ON one.id = v."caseId"
    WHERE v.id = ${reviewId}::uuid)`
  const rows = await database.$queryRaw<{ reviewId: string }[]>`
    WITH facts AS (SELECT *, ${FOLD_KEY} AS fold FROM (${corrections(member, where)}) k)
    SELECT "reviewId" FROM facts
    WHERE fold = (SELECT fold FROM facts WHERE "reviewId" = ${reviewId}::uuid)
    ORDER BY "reviewId"`
  return rows.map((row) => row.reviewId)
}

/** By review id; those that are none (any more) or not in view are absent. */
async function findCorrections(
  member: Member,
  reviewIds: readonly string[],
  database: Database = db,
): Promise<Map<string, CorrectionView>> {
  if (reviewIds.length === 0) return new Map()
  const chosen = Prisma.sql`AND r.id = ANY(${[...reviewIds]}::uuid[])`
  const [rows, promotions] = await Promise.all([
    database.$queryRaw<Row[]>`
      SELECT c.*, (SELECT name FROM "User" WHERE id = c."reviewerId") AS reviewer
      FROM (${corrections(member, chosen)}) c`,
    database.example.findMany({
      where: { reviewId: { in: [...reviewIds] }, version: { archivedAt: null } },
      select: { reviewId: true, version: { select: { id: true, number: true } } },
      orderBy: { versionId: 'asc' },
    }),
  ])
  const views = rows.map(({ messages: said, explanation, reason, reviewer, at, ...row }) => {
    const { reviewId, caseId, externalId, subject, kind, note, status, source } = row
    const { suggestedId, rightId, secondLabelId, versionNumber, closeCall, wrongReason } = row
    const view: CorrectionView = {
      ...{ reviewId, caseId, externalId, subject, kind, note, status, source },
      ...{ suggestedId, rightId, secondLabelId, versionNumber, closeCall, wrongReason },
      text: renderExampleCase({ subject, messages: messages.parse(said) }),
      suggestionExplanation: explanation ?? '',
      reviewer: reviewer ?? 'Someone who left',
      at: at.toISOString(),
      decisionReason: reason ?? '',
      promotedTo: promotions
        .filter((promotion) => promotion.reviewId === reviewId)
        .map(({ version }) => version),
    }
    return [reviewId, view] as const
  })
  return new Map(views)
}
