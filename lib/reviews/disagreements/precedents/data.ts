import type { Prisma } from '@/generated/prisma/client'
import { wordsOf } from '@/lib/cases/pools/similarity/rules'
import { caseContent } from '@/lib/cases/schema'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { nameCategories } from '@/lib/projects/data'
import { namePeople } from '@/lib/users/data'
import type { LikePrecedent } from '../../answers/schema'
import type { Precedent } from '../schema'
import { isAboutSameChoice, type SettledPair, shareOfWords } from './rules'

const SHOWN_AFTER_ANSWER = 3
/** The newest precedents that a close call is compared with: all of a project's, as a rule. */
const COMPARED = 500
/** Of those about the same choice so many are compared word by word. */
const COMPARED_BY_WORDS = 50

const LISTED = 500

const othersOf = ({ labelId, among }: SettledPair) => among.filter((id) => id !== labelId)

/** Settled by a sentence, outside the locked pool, the newest first. */
const withSentence = (projectId: string): Prisma.FinalLabelWhereInput => ({
  projectId,
  source: 'settled',
  precedent: { not: '' },
  case: { pool: { in: ['example', 'dev'] }, archivedAt: null },
})

/** For prompt engineers: what was settled, as rules that a version may want. The newest first. */
export async function listPrecedents({ projectId }: Member): Promise<Precedent[]> {
  const rows = await db.finalLabel.findMany({
    where: withSentence(projectId),
    orderBy: { at: 'desc' },
    take: LISTED,
    include: { case: { select: { externalId: true, subject: true } } },
  })
  const [names, people] = await Promise.all([
    nameCategories(projectId),
    namePeople(rows.map(({ settledById }) => settledById)),
  ])
  return rows.map((row) => ({
    caseId: row.caseId,
    externalId: row.case.externalId,
    subject: row.case.subject,
    sentence: row.precedent,
    labelId: row.labelId,
    label: names.get(row.labelId) ?? '',
    otherIds: othersOf(row),
    others: othersOf(row).flatMap((id) => names.get(id) ?? []),
    by: people.get(row.settledById ?? '') ?? 'Someone',
    at: row.at.toISOString(),
  }))
}

/**
 * How people settled the same choice before, for someone who has just called this case close: the most
 * alike by the words of the cases first.
 */
export async function listLikePrecedents(
  { projectId }: Member,
  caseId: string,
  said: { labelId: string | null; secondLabelId: string | null },
): Promise<LikePrecedent[]> {
  const settled = await db.finalLabel.findMany({
    where: withSentence(projectId),
    orderBy: { at: 'desc' },
    take: COMPARED,
    select: { caseId: true, labelId: true, secondLabelId: true, among: true, precedent: true },
  })
  const about = settled
    .filter((row) => row.caseId !== caseId && isAboutSameChoice(row, said))
    .slice(0, COMPARED_BY_WORDS)
  if (about.length === 0) return []
  const words = await readWords([caseId, ...about.map((row) => row.caseId)])
  const own = words.get(caseId) ?? new Set<string>()
  const likeness = (id: string) => shareOfWords(own, words.get(id) ?? new Set())
  const names = await nameCategories(projectId)
  return about
    .map((row) => ({ row, likeness: likeness(row.caseId) }))
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, SHOWN_AFTER_ANSWER)
    .map(({ row }) => ({
      sentence: row.precedent,
      label: names.get(row.labelId) ?? '',
      others: othersOf(row).flatMap((id) => names.get(id) ?? []),
    }))
}

async function readWords(caseIds: readonly string[]): Promise<Map<string, Set<string>>> {
  const rows = await db.case.findMany({
    where: { id: { in: [...caseIds] } },
    select: { id: true, subject: true, messages: true },
  })
  return new Map(rows.map((row) => [row.id, new Set(wordsOf(caseContent.parse(row)))]))
}
