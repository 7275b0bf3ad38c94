import type { Member } from '@/lib/platform/access'
import type { Database } from '@/lib/platform/database'
import { nameCategories } from '@/lib/projects/data'
import { namePeople } from '@/lib/users/data'
import type { DisputeView, Said } from '../schema'

type Answers = DisputeView['answers'][number]

/** Everything each person said of a case as ordinary review or second opinion, who began first in front. */
export async function listHistories(
  database: Database,
  { userId, projectId }: Member,
  caseId: string,
): Promise<Answers[]> {
  const rows = await database.review.findMany({
    where: { caseId, purpose: { in: ['ordinary', 'second_opinion'] } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  const names = await nameCategories(projectId, database)
  const people = await namePeople(
    rows.map((row) => row.reviewerId),
    database,
  )
  const nameOf = (id: string | null) => names.get(id ?? '') ?? null
  const answers = new Map<string, Answers>()
  for (const row of rows) {
    const said: Said = {
      reviewId: row.id,
      undone: row.undone,
      labelId: row.labelId,
      label: nameOf(row.labelId),
      secondLabelId: row.secondLabelId,
      secondLabel: nameOf(row.secondLabelId),
      thumb: row.thumb,
      closeCall: row.closeCall,
      wrongReason: row.wrongReason,
      note: row.note,
      seconds: row.seconds,
      at: row.answeredAt.toISOString(),
    }
    const known = answers.get(row.reviewerId)
    answers.set(row.reviewerId, {
      reviewer: people.get(row.reviewerId) ?? 'Someone',
      own: row.reviewerId === userId,
      secondOpinion: row.purpose === 'second_opinion',
      history: [...(known?.history ?? []), said],
    })
  }
  return [...answers.values()]
}
