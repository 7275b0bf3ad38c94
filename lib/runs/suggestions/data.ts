import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { AppError, notFound } from '@/lib/platform/errors'
import { nameCategories } from '@/lib/projects/data'
import type { SuggestionInput, SuggestionPage } from '../schema'

const PAGE_SIZE = 50

/**
 * What a run said, case by case, in the order of import. Never of the test pool. Of a case that this
 * person may still be asked about, in whichever pool, only that there is a suggestion: opening the case
 * shows it, and takes the case out of this person's queue. A case of the example pool, too, may be
 * handed to them blind, as a check case.
 */
export async function listSuggestions(
  { projectId, userId }: Member,
  runId: string,
  { status, after }: SuggestionInput,
): Promise<SuggestionPage> {
  const run = await db.run.findFirst({
    where: { id: runId, projectId, purpose: 'label' },
    select: { pool: true },
  })
  if (!run) throw notFound('This run')
  if (run.pool === 'test') {
    throw new AppError('forbidden', 'The test pool is locked: its cases can’t be listed.')
  }
  const suggestions = await db.suggestion.findMany({
    where: { runId, status, caseId: after === undefined ? undefined : { gt: after } },
    orderBy: { caseId: 'asc' },
    take: PAGE_SIZE + 1,
    include: { case: { select: { externalId: true, subject: true } } },
  })
  const page = suggestions.slice(0, PAGE_SIZE)
  const caseIds = page.map(({ caseId }) => caseId)
  const open = await listOpenCases(caseIds, userId)
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
        label: shown && labelId !== null ? (names.get(labelId) ?? null) : null,
        labelText: shown ? labelText : null,
        explanation: shown ? explanation : null,
        inputCut,
        counts,
      }
    }),
    next: suggestions.length > PAGE_SIZE ? (caseIds.at(-1) ?? null) : null,
  }
}

/** Cases whose answers this person may see: answered by them, seen before, or labelled and not in hand. */
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
      where: { ...among, holderId: userId, status: 'open' },
      select: { caseId: true },
    }),
  ])
  const inHand = new Set(asked.map(({ caseId }) => caseId))
  const open = labelled.filter(({ caseId }) => !inHand.has(caseId))
  return new Set([...answered, ...seen, ...open].map(({ caseId }) => caseId))
}
