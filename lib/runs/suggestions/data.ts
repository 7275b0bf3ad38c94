import { mayOpenLabels } from '@/lib/cases/policy'
import type { Pool } from '@/lib/cases/schema'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { AppError, invalid, notFound } from '@/lib/platform/errors'
import { nameCategories } from '@/lib/projects/data'
import {
  type RevealInput,
  SUGGESTIONS_ON_PAGE,
  type SuggestionInput,
  type SuggestionPage,
} from '../schema'

/**
 * What a run said, case by case, in the order of import. Never of the test pool. Of a case that this
 * person may still be asked about, in whichever pool, only that there is a suggestion: opening the case
 * shows it, and takes the case out of this person's queue. A case of the example pool, too, may be
 * handed to them blind, as a check case.
 */
export async function listSuggestions(
  member: Member,
  runId: string,
  { status, after }: SuggestionInput,
): Promise<SuggestionPage> {
  const { projectId, userId } = member
  const run = await findListed(projectId, runId)
  const suggestions = await db.suggestion.findMany({
    where: { runId, status, caseId: after === undefined ? undefined : { gt: after } },
    orderBy: { caseId: 'asc' },
    take: SUGGESTIONS_ON_PAGE + 1,
    include: { case: { select: { externalId: true, subject: true, pool: true } } },
  })
  const page = suggestions.slice(0, SUGGESTIONS_ON_PAGE)
  const caseIds = page.map(({ caseId }) => caseId)
  const [open, asked] = await Promise.all([
    listOpenCases(caseIds, userId),
    listAskedCases(caseIds, userId),
  ])
  const names = await nameCategories(projectId)
  return {
    pool: run.pool,
    rows: page.map((suggestion) => {
      const shown = open.has(suggestion.caseId)
      const { caseId, status, labelId, labelText, explanation, inputCut, counts } = suggestion
      return {
        caseId,
        externalId: suggestion.case.externalId,
        subject: suggestion.case.subject,
        status,
        hidden: !shown,
        showable: !shown && mayShow(member, suggestion, asked),
        label: shown && labelId !== null ? (names.get(labelId) ?? null) : null,
        labelText: shown ? labelText : null,
        explanation: shown ? explanation : null,
        inputCut,
        counts,
      }
    }),
    next: suggestions.length > SUGGESTIONS_ON_PAGE ? (caseIds.at(-1) ?? null) : null,
  }
}

/**
 * Those of some cases of a run that this list hides from a person and may show them, as opening each
 * would; their sight is to be recorded. Without what they are being asked about. Throws `invalid` where
 * a case is not of this run.
 */
export async function listShowable(
  member: Member,
  runId: string,
  { caseIds }: RevealInput,
): Promise<string[]> {
  const { projectId, userId } = member
  await findListed(projectId, runId)
  const wanted = [...new Set(caseIds)]
  const found = await db.suggestion.findMany({
    where: { runId, caseId: { in: wanted } },
    select: { caseId: true, case: { select: { pool: true } } },
  })
  if (found.length < wanted.length) {
    throw invalid('Some of these cases are not in this run’s list. None was shown.')
  }
  const [open, asked] = await Promise.all([
    listOpenCases(wanted, userId),
    listAskedCases(wanted, userId),
  ])
  return found
    .filter((one) => !open.has(one.caseId) && mayShow(member, one, asked))
    .map(({ caseId }) => caseId)
}

/** As opening the case would, before the person has answered it. */
const mayShow = (
  member: Member,
  one: { caseId: string; case: { pool: Pool | null } },
  asked: ReadonlySet<string>,
): boolean =>
  mayOpenLabels(member, {
    pool: one.case.pool,
    hasAnswered: false,
    isAsked: asked.has(one.caseId),
  })

/** A run whose cases may be listed: never one of the test pool. */
async function findListed(projectId: string, runId: string) {
  const run = await db.run.findFirst({
    where: { id: runId, projectId, purpose: 'label' },
    select: { pool: true },
  })
  if (!run) throw notFound('This run')
  if (run.pool === 'test') {
    throw new AppError('forbidden', 'The test pool is locked: its cases can’t be listed.')
  }
  return run
}

/** Cases that are in this person's hands or set aside for them: opening one tells them nothing. */
async function listAskedCases(caseIds: string[], userId: string): Promise<ReadonlySet<string>> {
  const asked = await db.$queryRaw<{ caseId: string }[]>`
    SELECT "caseId" FROM "Assignment"
    WHERE "caseId" = ANY(${caseIds}::uuid[]) AND status = 'open' AND (
      "forUserId" = ${userId}::uuid OR "holderId" = ${userId}::uuid AND "leaseUntil" > now()
    )`
  return new Set(asked.map(({ caseId }) => caseId))
}

/**
 * Cases whose answers this person may see: answered by them, seen before, or labelled and neither in their
 * hands nor set aside for them.
 */
export async function listOpenCases(
  caseIds: string[],
  userId: string,
): Promise<ReadonlySet<string>> {
  const among = { caseId: { in: caseIds } }
  const [answered, seen, labelled, asked] = await Promise.all([
    db.review.findMany({
      where: { ...among, reviewerId: userId, undone: false, superseded: null },
      select: { caseId: true },
    }),
    db.caseSight.findMany({ where: { ...among, userId }, select: { caseId: true } }),
    db.finalLabel.findMany({ where: among, select: { caseId: true } }),
    db.assignment.findMany({
      where: { ...among, status: 'open', OR: [{ holderId: userId }, { forUserId: userId }] },
      select: { caseId: true },
    }),
  ])
  const inHand = new Set(asked.map(({ caseId }) => caseId))
  const open = labelled.filter(({ caseId }) => !inHand.has(caseId))
  return new Set([...answered, ...seen, ...open].map(({ caseId }) => caseId))
}
