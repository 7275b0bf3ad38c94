import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { notFound } from '@/lib/platform/errors'
import { nameCategories } from '@/lib/projects/data'
import { rememberSights } from '../sights/mutations'
import { findOpenText, listSimilarTexts } from './data'
import { excerptOf } from './rules'
import type { SimilarCase } from './schema'

/**
 * Shows finished cases like one that the person has answered or has in hand with the suggestion in view.
 * They have seen the labels of those then and are not asked about them; and a blind answer of theirs on
 * the case itself stands. Never cases of the test pool. Throws `not_found`.
 */
export async function openSimilarCases(member: Member, caseId: string): Promise<SimilarCase[]> {
  const open = await findOpenText(member, caseId)
  if (!open) throw notFound('The case')
  const found = await listSimilarTexts(member.projectId, caseId, open.content)
  if (found.length === 0) return []
  const seen = found.map(({ id }) => id)
  await db.$transaction((tx) =>
    rememberSights(tx, member, open.answeredBlind ? [...seen, caseId] : seen),
  )
  const names = await nameCategories(member.projectId)
  return found.map(({ id, externalId, labelId, secondLabelId, content }) => ({
    id,
    externalId,
    subject: content.subject,
    label: names.get(labelId) ?? '',
    secondLabel: secondLabelId === null ? null : (names.get(secondLabelId) ?? null),
    excerpt: excerptOf(content),
  }))
}
