import type { Run } from '@/generated/prisma/client'
import type { RedactionSetting } from '@/lib/cases/redaction/schema'
import { isStandIn } from '@/lib/platform/bedrock'
import { db } from '@/lib/platform/database'
import { mostInPack, renderFixedPart } from '@/lib/versions/rendering/rules'
import { promptContent } from '@/lib/versions/rendering/schema'
import { measureRoom, prepareRequests } from '../../calls/rules'
import { beginJudging } from '../../judging/jobs'
import { findWindow } from '../../models/rules'
import { type FindSimilar, openNeighbours, repeatNeighbours } from '../../neighbours/data'
import { endRun, type Outcome } from '../../outcomes/mutations'
import { type Asking, askForCases, type Watch } from '../../packs/jobs'
import { readPinnedPrice } from '../../prices/rules'
import { hideSimilar } from '../../redaction/data'
import { readPinned } from '../../redaction/rules'
import { isEnded } from '../../rules'
import type { HiddenCase } from '../cases/jobs'

type Ask = (
  cases: readonly HiddenCase[],
  watch: Watch,
) => Promise<{ outcome: Outcome; stop: string | null }>

export type Begun = {
  asking: Asking
  /** What is asked about cases: for their labels, or whether those of another run are right. */
  ask: Ask
  /** Finds them as they may leave for the model. */
  findSimilar: FindSimilar
  redaction: RedactionSetting
  /** Cases in one call, and the characters they have together. */
  pack: { most: number; room: number }
  mostInFlight: number | undefined
  /** Its batch jobs have not ended: until then nothing of it is asked on demand. */
  inBatch: boolean
}

/** Null where there is nothing to do. */
export async function beginRun(runId: string): Promise<Begun | null> {
  await db.run.updateMany({
    where: { id: runId, status: 'queued' },
    data: { status: 'running', startedAt: new Date() },
  })
  const run = await db.run.findUnique({
    where: { id: runId },
    include: { leftOut: { select: { study: { select: { baseRun: true } } } } },
  })
  if (!run || isEnded(run.status) || run.status === 'paused') return null
  if (run.standIn !== isStandIn()) {
    const message = run.standIn
      ? 'This run was made with the local stand-in, but now the worker calls Bedrock. Start a new run.'
      : 'This run was made for Bedrock, but now the worker has only the local stand-in. Set the AWS credentials, then go on.'
    await endRun(runId, { status: 'failed', message })
    return null
  }
  const asking = await openAsking(run)
  const { content } = asking
  const redaction = readPinned(run.redaction)
  const { judgedRunId } = run
  const ask: Ask =
    judgedRunId === null
      ? (cases, watch) => askForCases(asking, cases, watch)
      : await beginJudging({ ...run, judgedRunId }, { ...asking, redaction })
  return {
    asking,
    ask,
    redaction,
    findSimilar: hideSimilar(
      // A run without some examples has the similar ones of the run it is compared with.
      run.leftOut
        ? await repeatNeighbours(run.leftOut.study.baseRun, content)
        : await openNeighbours(run.projectId, content, run.createdAt),
      redaction,
    ),
    pack: {
      most: mostInPack(content),
      room: measureRoom(content, renderFixedPart(content), findWindow(run.modelId)),
    },
    mostInFlight: run.mostInFlight ?? undefined,
    inBatch: run.batchStage === 'jobs',
  }
}

/** What the calls of a run have in common, as it pins it. */
export async function openAsking(run: Run): Promise<Asking> {
  const content = promptContent.parse(run.content)
  const categories = await db.category.findMany({
    where: { projectId: run.projectId, key: { in: content.categories.map(({ key }) => key) } },
    select: { id: true, key: true },
  })
  const price = readPinnedPrice(run)
  return {
    runId: run.id,
    content,
    price,
    mendPrice: price?.mending ?? price,
    makeRequest: prepareRequests(content, findWindow(run.modelId)),
    categoryIds: new Map(categories.map(({ id, key }) => [key, id])),
  }
}
