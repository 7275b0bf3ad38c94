import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { isStandIn } from '@/lib/platform/bedrock'
import { db } from '@/lib/platform/database'
import { AppError, conflict, invalid } from '@/lib/platform/errors'
import { newId } from '@/lib/platform/ids'
import { enqueue } from '@/lib/platform/jobs'
import { isSettling } from '@/lib/projects/categories/data'
import { showSuggestionsJob } from '@/lib/reviews/schema'
import { findReleasedSetup, findVersionByRef, type ReleasedSetup } from '../data'
import { getGateRule } from '../gate/data'
import { runsWanted } from '../gate/rules'
import { readGate } from './data'
import { mayOverrideGate } from './policy'
import { chooseWay, SHORTEST_REASON } from './rules'
import { SCORE_TEST } from './schema'

/**
 * Puts a frozen version's set-up into force and ends the former release with it. What is claimed
 * already keeps the suggestion it was claimed with; everything else moves at once.
 * Throws not-found; `conflict` for a draft or what is in force already; `forbidden` when the gate is
 * not passed and the member may not override it; `invalid` when an override lacks its reason.
 */
export async function releaseVersion(
  member: Member,
  ref: string,
  reason: string | null,
): Promise<void> {
  const { projectId, userId } = member
  await db.$transaction(async (tx) => {
    // One release at a time in a project; the unique index would refuse the second one anyway.
    await tx.$queryRaw`SELECT 1 FROM "Project" WHERE id = ${projectId}::uuid FOR NO KEY UPDATE`
    const version = await findVersionByRef(projectId, ref, tx)
    const { facts, setupId } = await readGate(projectId, version, tx)
    const way = chooseWay(facts)
    if (way === 'not_frozen' || setupId === null) throw conflict('Freeze the draft first.')
    if (way === 'in_force') throw conflict(`v${version.number} is released already.`)
    if (way === 'override') checkOverride(member, version.number, reason)
    const former = await findReleasedSetup(projectId, tx)
    const at = new Date()
    await tx.release.updateMany({ where: { projectId, endedAt: null }, data: { endedAt: at } })
    const id = newId()
    await tx.release.create({
      data: {
        id,
        projectId,
        setupId,
        releasedById: userId,
        releasedAt: at,
        reason: reason || (way === 'roll_back' ? describeReturn(version.number, former) : null),
      },
    })
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: 'release.made',
      subjectId: id,
      detail: { number: version.number, former: former?.versionNumber ?? null, way, reason },
    })
  })
  await enqueue(showSuggestionsJob, projectId, { projectId })
}

function describeReturn(number: number | null, former: ReleasedSetup | null): string {
  const from = former?.versionNumber ?? 0
  return (number ?? 0) < from ? `Back from v${from}` : `Again, in place of v${from}`
}

function checkOverride(member: Member, number: number | null, reason: string | null): void {
  if (!mayOverrideGate(member)) {
    throw new AppError(
      'forbidden',
      `v${number} has not passed the gate. Only a manager can release it, with a written reason.`,
    )
  }
  if ((reason ?? '').length < SHORTEST_REASON) {
    throw invalid(`v${number} has not passed the gate. Write why it should be released anyway.`, {
      reason: `At least ${SHORTEST_REASON} characters.`,
    })
  }
}

/**
 * Has a finished test scored now, on the cases that have their labels by now. Throws not-found, and
 * `conflict` where nothing can be scored yet.
 */
export async function askForTestScore(member: Member, ref: string): Promise<void> {
  const version = await findVersionByRef(member.projectId, ref)
  const standIn = isStandIn()
  const runs = await db.run.findMany({
    where: {
      ...{ purpose: 'label', pool: 'test', standing: false, status: 'done', standIn },
      setup: { versionId: version.id, testScores: { none: { standIn } } },
    },
    orderBy: { createdAt: 'desc' },
    select: { id: true },
  })
  const [run] = runs
  if (!run) throw conflict('There is no finished test run that waits for its score.')
  if (runs.length < runsWanted(await getGateRule(member.projectId))) {
    throw conflict('The gate asks for two identical runs, and only one is finished.')
  }
  if (await isSettling(member.projectId)) {
    throw conflict(
      'The cases of the last change of the categories are still being brought up to date. Nothing was scored: ask again when that has ended.',
    )
  }
  await enqueue(SCORE_TEST, run.id, { runId: run.id, asked: true })
}
