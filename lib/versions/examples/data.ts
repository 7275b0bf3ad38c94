import { z } from 'zod'
import { message } from '@/lib/cases/schema'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { renderExampleCase } from './rules'
import type { Candidate } from './schema'

const messages = z.array(message)

const AS_MANY_AS_ONE_READS = 50

/**
 * Cases that could become examples of a version: in the example pool, with a final label, not shown
 * by it yet, clear ones before close calls, else by random rank. At most 50.
 */
export async function listCandidates(
  member: Member,
  versionId: string,
  filter: { labelId?: string; search?: string },
): Promise<Candidate[]> {
  const search = filter.search?.trim()
  const found = await db.case.findMany({
    where: {
      projectId: member.projectId,
      pool: 'example',
      archivedAt: null,
      finalLabel: filter.labelId ? { labelId: filter.labelId } : { isNot: null },
      examples: { none: { versionId } },
      ...(search
        ? {
            OR: [
              { subject: { contains: search, mode: 'insensitive' } },
              { externalId: { contains: search, mode: 'insensitive' } },
            ],
          }
        : {}),
    },
    orderBy: { rank: 'asc' },
    take: AS_MANY_AS_ONE_READS,
    include: {
      finalLabel: true,
      reviews: {
        where: {
          undone: false,
          superseded: null,
          note: { not: '' },
          purpose: { in: ['ordinary', 'second_opinion'] },
        },
        orderBy: { createdAt: 'desc' },
        take: 1,
        select: { note: true },
      },
    },
  })
  return found
    .flatMap(({ id, externalId, subject, finalLabel, reviews, ...rest }) =>
      finalLabel
        ? [
            {
              caseId: id,
              externalId,
              subject,
              text: renderExampleCase({ subject, messages: messages.parse(rest.messages) }),
              labelId: finalLabel.labelId,
              closeCall: finalLabel.secondLabelId !== null,
              note: finalLabel.precedent || (reviews[0]?.note ?? ''),
            },
          ]
        : [],
    )
    .sort((a, b) => Number(a.closeCall) - Number(b.closeCall))
}
