import { db } from '@/lib/platform/database'
import { describeChange } from '@/lib/projects/categories/rules'
import { nameCategories } from '@/lib/projects/data'
import { readDefinitions } from '@/lib/projects/definitions/data'
import { namePeople } from '@/lib/users/data'
import type { FormerLabel } from '../schema'

/**
 * What a case was labelled as before it was sent back to be labelled afresh, the newest first, with the
 * answers that were taken back then. The caller has made sure that the person may see it.
 */
export async function listFormerLabels(projectId: string, caseId: string): Promise<FormerLabel[]> {
  const items = await db.categoryChangeCase.findMany({
    where: { caseId, recalled: true, done: true },
    orderBy: { change: { at: 'desc' } },
    include: { change: true },
  })
  if (items.length === 0) return []
  const taken = await db.review.findMany({
    where: { caseId, changeId: { in: items.map(({ changeId }) => changeId) } },
    orderBy: { createdAt: 'asc' },
    include: { supersedes: true },
  })
  const [names, definitions, people] = await Promise.all([
    nameCategories(projectId),
    readDefinitions(items.map(({ definitionId }) => definitionId)),
    namePeople([
      ...items.map(({ settledById }) => settledById),
      ...taken.map(({ reviewerId }) => reviewerId),
    ]),
  ])
  const nameOf = (id: string | null) => names.get(id ?? '') ?? null
  return items.map(({ change, ...item }) => ({
    changeId: change.id,
    sentence: describeChange(change),
    at: change.at.toISOString(),
    // The words of that time, also where the category goes by another name by now.
    label: definitions.get(item.definitionId ?? '')?.name ?? nameOf(item.labelId),
    secondLabel: nameOf(item.secondLabelId),
    definition: definitions.get(item.definitionId ?? '')?.description ?? '',
    source: item.source,
    settledBy: people.get(item.settledById ?? '') ?? null,
    precedent: item.precedent,
    answers: taken.flatMap(({ changeId, reviewerId, supersedes }) =>
      changeId === change.id && supersedes
        ? [
            {
              id: supersedes.id,
              reviewer: people.get(reviewerId) ?? 'Someone',
              label: nameOf(supersedes.labelId),
              note: supersedes.note,
              at: supersedes.answeredAt.toISOString(),
            },
          ]
        : [],
    ),
  }))
}
