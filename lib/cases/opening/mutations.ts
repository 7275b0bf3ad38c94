import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { notFound } from '@/lib/platform/errors'
import { findCase } from './data'
import type { CaseView } from './schema'

/** Opens a case; labels seen before one's own answer are recorded. Throws `not_found`. */
export async function openCase(member: Member, id: string): Promise<CaseView> {
  const view = await findCase(member, id)
  if (!view) throw notFound('The case')
  if (view.sightRecorded) await recordSights(member, [id])
  return view
}

/** Remembers that a person has seen the labels of cases: blind reviews go to others. */
export async function recordSights({ userId }: Member, caseIds: readonly string[]): Promise<void> {
  await db.caseSight.createMany({
    data: caseIds.map((caseId) => ({ caseId, userId })),
    skipDuplicates: true,
  })
}
