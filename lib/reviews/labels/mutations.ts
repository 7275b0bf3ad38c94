import { Prisma } from '@/generated/prisma/client'
import type { Tx } from '@/lib/platform/database'
import { getCaseState } from './data'
import { standingOf, standsAgainstReviews } from './rules'
import type { CaseState, ComputedLabel, Disagreement } from './schema'

type Item = { projectId: string; caseId: string }

/** Makes answers on one case wait for each other; the lock ends with the transaction. */
export async function lockCase(tx: Tx, caseId: string): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM "Case" WHERE id = ${caseId}::uuid FOR NO KEY UPDATE`
}

/**
 * Keeps the categories that a case's answers name as they are: a change of the categories comes before, or
 * waits. The caller holds the lock on the case, and locks no example yet: a change goes from the
 * categories to the examples too, and two that go opposite ways would wait for each other.
 */
export async function lockLabels(tx: Tx, caseId: string): Promise<void> {
  await tx.$executeRaw`
    SELECT 1 FROM "Category"
    WHERE id IN (
      SELECT unnest(ARRAY[v."labelId", v."secondLabelId"]) FROM "Review" v
      WHERE v."caseId" = ${caseId}::uuid
    )
    ORDER BY id FOR KEY SHARE`
}

/**
 * Brings a case's final label and its place among the disagreements up to date with its reviews, in
 * the transaction that changed them. The caller holds the lock on the case (`lockCase`), or two answers
 * at once would not see each other.
 */
export async function recomputeFinalLabel(tx: Tx, item: Item): Promise<void> {
  const changes = labelChanges(item, await getCaseState(tx, item.caseId))
  if (changes.length === 0) return
  await tx.$executeRaw`WITH ${Prisma.join(changes)} SELECT 1`
}

/**
 * What makes a case's final label and its place among the disagreements follow from its state: common
 * table expressions to be run in one statement, none where all is as it should be. `once`: what must
 * hold before, like that the answer it follows from is written, whose definition the label takes over.
 */
export function labelChanges(
  item: Item,
  state: CaseState,
  once: Prisma.Sql = Prisma.empty,
): Prisma.Sql[] {
  if (state.label && standsAgainstReviews(state.label.source)) {
    return state.dispute ? [disputeGone(item)] : []
  }
  const standing = standingOf(state)
  const label = standing.is === 'labelled' ? standing.label : null
  const dispute = standing.is === 'disputed' ? standing.kind : null
  return [
    ...(label && !isSame(label, state.label) ? [labelNow(item, label, once)] : []),
    ...(!label && state.label ? [labelGone(item)] : []),
    ...(dispute && dispute !== state.dispute ? [disputeNow(item, dispute)] : []),
    ...(!dispute && state.dispute ? [disputeGone(item)] : []),
  ]
}

const isSame = (a: ComputedLabel, b: CaseState['label']): boolean =>
  b !== null &&
  a.labelId === b.labelId &&
  a.secondLabelId === b.secondLabelId &&
  a.source === b.source &&
  a.selection === b.selection &&
  a.mode === b.mode &&
  a.bulk === b.bulk

const labelNow = (
  { projectId, caseId }: Item,
  label: ComputedLabel,
  once: Prisma.Sql,
) => Prisma.sql`
  label_set AS (
    INSERT INTO "FinalLabel"
      ("caseId", "projectId", "labelId", "secondLabelId", source, selection, mode, bulk)
    SELECT ${caseId}::uuid, ${projectId}::uuid, ${label.labelId}::uuid,
      ${label.secondLabelId}::uuid, ${label.source}::"LabelSource",
      ${label.selection}::"Selection", ${label.mode}::"Mode", ${label.bulk}::boolean ${once}
    ON CONFLICT ("caseId") DO UPDATE SET
      "labelId" = excluded."labelId", "secondLabelId" = excluded."secondLabelId",
      source = excluded.source, selection = excluded.selection, mode = excluded.mode,
      bulk = excluded.bulk, at = now()
  )`

const labelGone = ({ caseId }: Item) => Prisma.sql`
  label_gone AS (DELETE FROM "FinalLabel" WHERE "caseId" = ${caseId}::uuid)`

const disputeNow = ({ projectId, caseId }: Item, kind: Disagreement) => Prisma.sql`
  dispute_now AS (
    INSERT INTO "Dispute" ("caseId", "projectId", kind)
    VALUES (${caseId}::uuid, ${projectId}::uuid, ${kind}::"DisputeKind")
    ON CONFLICT ("caseId") DO UPDATE SET kind = excluded.kind
  )`

const disputeGone = ({ caseId }: Item) => Prisma.sql`
  dispute_gone AS (DELETE FROM "Dispute" WHERE "caseId" = ${caseId}::uuid)`
