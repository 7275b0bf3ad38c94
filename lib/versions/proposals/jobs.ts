import { db } from '@/lib/platform/database'
import { AppError } from '@/lib/platform/errors'
import { enqueue, type Job } from '@/lib/platform/jobs'
import { log } from '@/lib/platform/log'
import { findMemberAgain } from '@/lib/platform/members'
import { mayEditVersions } from '../policy'
import { draftProposal } from './drafting/mutations'
import { DRAFT_RULES } from './schema'

/** Drafts the rules that were asked for of a draft, one after the other. */
export const draftRulesJob: Job<{ versionId: string }> = {
  ...DRAFT_RULES,
  concurrency: 2,
  run: ({ versionId }, signal) => draftWantedRules(versionId, signal),
}

/** Longer than anyone waits for a model: then another worker drafts it. */
const LEASE_SECONDS = 120

/** May run in several workers at once, and again after a kill at any moment. */
export async function draftWantedRules(versionId: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const wanted = await claimNext(versionId)
    if (!wanted) return
    const problem = await draft(wanted)
    await db.wantedRule.updateMany({
      where: { id: wanted.id, finishedAt: null },
      data: { finishedAt: new Date(), leaseUntil: null, problem },
    })
  }
}

type Wanted = {
  id: string
  projectId: string
  versionId: string
  suggestedId: string
  rightId: string
  fromTemplate: boolean
  createdById: string
}

async function claimNext(versionId: string): Promise<Wanted | null> {
  const [claimed] = await db.$queryRaw<Wanted[]>`
    UPDATE "WantedRule" SET "leaseUntil" = now() + make_interval(secs => ${LEASE_SECONDS})
    WHERE id = (
      SELECT id FROM "WantedRule"
      WHERE "versionId" = ${versionId}::uuid AND "finishedAt" IS NULL
        AND ("leaseUntil" IS NULL OR "leaseUntil" < now())
      ORDER BY "createdAt", id LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING id, "projectId", "versionId", "suggestedId", "rightId", "fromTemplate", "createdById"`
  return claimed ?? null
}

/** Null where a proposal came of it, else why not. It was paid for, so it is never tried again unasked. */
async function draft(wanted: Wanted): Promise<string | null> {
  const { createdById, projectId, versionId } = wanted
  try {
    const member = await findMemberAgain(createdById, projectId)
    if (!member || !mayEditVersions(member)) {
      return 'Whoever asked for it may not change drafts any more. Ask for it again.'
    }
    return (await draftProposal(member, versionId, wanted)).problem
  } catch (error) {
    if (error instanceof AppError) return error.message
    log.error({ error, versionId }, 'drafting a rule')
    return 'Something unexpected happened: the log says more. Ask for it again.'
  }
}

/** For the start of a worker and now and then: goes on with what nobody has in hand. */
export async function resumeWantedRules(): Promise<void> {
  const waiting = await db.wantedRule.findMany({
    where: {
      finishedAt: null,
      OR: [{ leaseUntil: null }, { leaseUntil: { lt: new Date() } }],
    },
    distinct: ['versionId'],
    select: { versionId: true },
  })
  for (const { versionId } of waiting) await enqueue(DRAFT_RULES, versionId, { versionId })
}
