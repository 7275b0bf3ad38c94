import type { CaseStatus } from '@/lib/cases/listing/schema'
import { db } from '@/lib/platform/database'
import { nameCategories } from '@/lib/projects/data'
import { readDefinitions } from '@/lib/projects/definitions/data'
import { namePeople } from '@/lib/users/data'
import { describeDepartures } from '@/lib/versions/setups/rules'
import { departures } from '@/lib/versions/setups/schema'
import { listFormerLabels } from '../former/data'
import type { CaseLabels, OlderWords } from '../schema'

const LISTED_SUGGESTIONS = 50

/** All that is known of a case's label. The caller has made sure that the person may see it. */
export async function readLabels(projectId: string, caseId: string): Promise<CaseLabels> {
  const [row, suggestions, reviews, skips, names, former] = await Promise.all([
    db.case.findUniqueOrThrow({
      where: { id: caseId },
      select: { pool: true, quarantinedAt: true, finalLabel: true, dispute: true },
    }),
    readSuggestions(caseId),
    db.review.findMany({
      where: { caseId, undone: false, superseded: null },
      orderBy: { createdAt: 'asc' },
    }),
    db.assignmentSkip.findMany({ where: { caseId }, orderBy: { at: 'asc' } }),
    nameCategories(projectId),
    listFormerLabels(projectId, caseId),
  ])
  const { pool, quarantinedAt, finalLabel, dispute } = row
  const settledById = finalLabel?.settledById ?? null
  const people = await namePeople([
    settledById,
    ...reviews.map((review) => review.reviewerId),
    ...skips.map((skip) => skip.userId),
  ])
  const definitions = await readDefinitions([
    finalLabel?.definitionId ?? null,
    ...reviews.map((review) => review.definitionId),
  ])
  const nameOf = (id: string | null) => names.get(id ?? '') ?? null
  const olderWordsOf = ({ definitionId }: { definitionId: string | null }): OlderWords => {
    const words = definitions.get(definitionId ?? '')
    return words?.older ? { name: words.name, description: words.description } : null
  }
  return {
    pool,
    status: statusOf(pool, quarantinedAt, finalLabel),
    finalLabel: finalLabel && {
      label: nameOf(finalLabel.labelId) ?? '',
      secondLabel: nameOf(finalLabel.secondLabelId),
      source: finalLabel.source,
      settledBy: settledById ? (people.get(settledById) ?? null) : null,
      precedent: finalLabel.precedent,
      among: finalLabel.among.flatMap((id) => nameOf(id) ?? []),
      bulk: finalLabel.bulk,
      olderWords: olderWordsOf(finalLabel),
      at: finalLabel.at.toISOString(),
    },
    suggestions: suggestions.map(({ run, labelId, ...suggestion }) => ({
      ...suggestion,
      at: suggestion.at.toISOString(),
      versionId: run.setup.version.id,
      versionNumber: run.setup.version.number,
      departures: run.cell ? describeDepartures(departures.parse(run.cell.departures)) : '',
      modelId: run.modelId,
      standIn: run.standIn,
      label: nameOf(labelId),
    })),
    reviews: reviews.map((review) => ({
      id: review.id,
      reviewer: people.get(review.reviewerId) ?? 'Someone',
      purpose: review.purpose,
      label: nameOf(review.labelId),
      secondLabel: nameOf(review.secondLabelId),
      thumb: review.thumb,
      closeCall: review.closeCall,
      wrongReason: review.wrongReason,
      note: review.note,
      bulk: review.bulkId !== null,
      olderWords: olderWordsOf(review),
      at: review.answeredAt.toISOString(),
    })),
    former,
    skips: skips.map((skip) => ({
      by: people.get(skip.userId) ?? 'Someone',
      reason: skip.reason,
      note: skip.note,
      at: skip.at.toISOString(),
    })),
    dispute: dispute?.kind ?? null,
  }
}

const readSuggestions = (caseId: string) =>
  db.suggestion.findMany({
    where: { caseId, run: { purpose: 'label', pool: { not: 'test' } } },
    orderBy: { id: 'desc' },
    take: LISTED_SUGGESTIONS,
    select: {
      id: true,
      runId: true,
      status: true,
      labelId: true,
      labelText: true,
      explanation: true,
      evidence: true,
      inputCut: true,
      at: true,
      run: {
        select: {
          modelId: true,
          standIn: true,
          setup: { select: { version: { select: { id: true, number: true } } } },
          cell: { select: { departures: true } },
        },
      },
    },
  })

function statusOf(
  pool: string | null,
  quarantinedAt: Date | null,
  finalLabel: object | null,
): CaseStatus {
  if (quarantinedAt) return 'quarantined'
  if (finalLabel) return 'reviewed'
  return pool ? 'waiting_for_review' : 'waiting_for_pool'
}
