import { setTimeout as wait } from 'node:timers/promises'
import type { Run } from '@/generated/prisma/client'
import type { ArrivedCase } from '@/lib/cases/arriving/schema'
import type { Pool } from '@/lib/cases/schema'
import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { db } from '@/lib/platform/database'
import { AppError, conflict } from '@/lib/platform/errors'
import { newId } from '@/lib/platform/ids'
import { getPromptContent, type ReleasedSetup } from '@/lib/versions/data'
import { listLikesOfExamples } from '@/lib/versions/leaks/data'
import { listCasesInHand } from '@/lib/versions/playground/data'
import { depart } from '@/lib/versions/setups/rules'
import { type ClaimedItem, claimItems, releaseItems } from '../claims/mutations'
import { countsBeside } from '../items/mutations'
import { describePin, pinContent } from '../pinning/data'
import { askOne } from './asking/jobs'
import { findSaid, readDepartures } from './data'
import {
  explainTooLate,
  IN_HAND,
  LEAST_LEFT_MS,
  MOST_A_MINUTE,
  MOST_AT_ONCE,
  PATIENCE_MS,
} from './rules'
import type { LabelledCase } from './schema'

/** Between looks at what another request is about to have answered. */
const LOOK_MS = 100

/**
 * What the set-up in force says of a case, in about the time of one call. Whoever asks for the same at
 * once or later gets the one stored answer. `recordSights` remembers, before the model is asked, that this
 * person learns something of the case. Throws `conflict` while they have it in hand to review,
 * `too_many`, and `unavailable` when no answer came in time: the case is kept then, nothing is stored as
 * its answer, and it can be asked about again.
 */
export async function labelCase(
  member: Member,
  released: ReleasedSetup,
  { pool, ...arrived }: ArrivedCase,
  recordSights: (caseIds: readonly string[]) => Promise<void>,
  patienceMs = PATIENCE_MS,
): Promise<LabelledCase> {
  const deadline = Date.now() + patienceMs
  if ((await listCasesInHand(member.userId)).includes(arrived.id)) throw conflict(IN_HAND)
  await recordSights([arrived.id])
  const run = await openStanding(member, released, pool)
  const known = await findSaid(run, arrived.id)
  if (!known) await insertItem(run, released.versionId, arrived.id)
  const said = known ?? (await ask(member, run, { caseId: arrived.id, deadline, patienceMs }))
  return {
    ...{ caseId: arrived.id, externalId: arrived.externalId, isNew: arrived.isNew },
    isStored: known !== null,
    ...said,
    versionNumber: released.versionNumber,
    ...{ setupId: run.setupId, runId: run.id, modelId: run.modelId, standIn: run.standIn },
    isLocked: pool === 'test',
  }
}

/**
 * The run of a set-up that takes cases of a pool one by one, made with the first of them. It is for ever
 * done, so that no worker takes it up; what the set-up sends is pinned as in any run, so another setting
 * of what is replaced, or another price, makes another run.
 */
async function openStanding(member: Member, released: ReleasedSetup, pool: Pool): Promise<Run> {
  const { projectId, userId } = member
  const { setupId, versionId } = released
  const version = await getPromptContent(projectId, versionId)
  const content = depart(version, await readDepartures(setupId))
  const { redaction, price, modelId: _, ...same } = await describePin(db, projectId, content)
  const where = {
    ...{ setupId, pool, standing: true, ...same },
    ...{ redaction: { equals: redaction }, price: { equals: price } },
  }
  const found = await db.run.findFirst({ where })
  if (found) return found
  await db.run.createMany({
    data: {
      ...{ id: newId(), projectId, setupId, pool, standing: true, status: 'done' },
      ...(await pinContent(db, projectId, content)),
      createdById: userId,
    },
    skipDuplicates: true,
  })
  const made = await db.run.findFirst({ where })
  if (made) return made
  throw conflict('The settings of the project were changed meanwhile. The case is kept: ask again.')
}

/** The place of a case in the run; once, whoever asks at once. */
async function insertItem(run: Run, versionId: string, caseId: string): Promise<void> {
  const { projectId, id, pool } = run
  const { examples } = await getPromptContent(projectId, versionId)
  const exampleIds = examples.filter(({ enabled }) => enabled).map((example) => example.id)
  const likeIds = await listLikesOfExamples(db, projectId, { exampleIds, pools: [pool] })
  await db.$executeRaw`
    WITH added AS (
      INSERT INTO "RunItem" ("runId", "caseId", position, counts)
      SELECT ${id}::uuid, c.id, 0, ${countsBeside(likeIds)}
      FROM "Case" c WHERE c.id = ${caseId}::uuid
      ON CONFLICT DO NOTHING RETURNING 1
    )
    UPDATE "Run" SET items = items + 1 WHERE id = ${id}::uuid AND EXISTS (SELECT 1 FROM added)`
}

type Wanted = { caseId: string; deadline: number; patienceMs: number }

/** Asks, or waits for whoever is asking already. */
async function ask(member: Member, run: Run, { caseId, deadline, patienceMs }: Wanted) {
  const holder = newId()
  const tooLate = new AppError('unavailable', explainTooLate(patienceMs))
  while (Date.now() < deadline - LEAST_LEFT_MS) {
    // A little longer than anyone asks: a server that died in between holds it up no longer.
    const claim = { runId: run.id, holder, leaseMs: patienceMs + 5_000 }
    const [item] = await claimItems(claim, 1, caseId)
    if (item) await askClaimed(member, run, { item, holder, deadline })
    const said = await findSaid(run, caseId)
    if (said) return said
    if (item) throw tooLate
    await wait(LOOK_MS)
  }
  throw tooLate
}

type Claimed = { item: ClaimedItem; holder: string; deadline: number }

async function askClaimed(member: Member, run: Run, { item, holder, deadline }: Claimed) {
  try {
    const leave = await enterLabelling(member, run.id, item.caseId)
    try {
      await askOne(run, item, deadline)
    } finally {
      leave()
    }
  } finally {
    await releaseItems(run.id, holder)
  }
}

const MINUTE_MS = 60_000
/** What one person has this server ask at the moment; what was asked is on record in the database. */
const atWork = new Map<string, number>()

/** Lets a question begin, on record, unless this person has asked too often. */
async function enterLabelling(
  { projectId, userId }: Member,
  runId: string,
  caseId: string,
): Promise<() => void> {
  const action = 'case.labelled'
  const asked = await db.auditEvent.count({
    where: { projectId, actorId: userId, action, at: { gt: new Date(Date.now() - MINUTE_MS) } },
  })
  const others = atWork.get(userId) ?? 0
  if (asked >= MOST_A_MINUTE || others >= MOST_AT_ONCE) {
    throw new AppError(
      'too_many',
      `At most ${MOST_AT_ONCE} cases are labelled at once for one person, and ${MOST_A_MINUTE} a minute. The case is kept: ask again in a moment. For many cases start a run.`,
    )
  }
  atWork.set(userId, others + 1)
  await db.$transaction((tx) =>
    recordAudit(tx, { projectId, actorId: userId, action, subjectId: caseId, detail: { runId } }),
  )
  return () => {
    const left = (atWork.get(userId) ?? 1) - 1
    if (left > 0) atWork.set(userId, left)
    else atWork.delete(userId)
  }
}
