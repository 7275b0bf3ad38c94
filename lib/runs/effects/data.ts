import type { EffectStudy, LeftOut, Run } from '@/generated/prisma/client'
import { isRight } from '@/lib/accuracy/rules'
import type { Member } from '@/lib/platform/access'
import { isStandIn } from '@/lib/platform/bedrock'
import { db } from '@/lib/platform/database'
import { namePeople } from '@/lib/users/data'
import { findVersionByRef, getPromptContent } from '@/lib/versions/data'
import { contentHash } from '@/lib/versions/fingerprint/rules'
import { type PromptContent, promptContent } from '@/lib/versions/rendering/schema'
import { markOf } from '../prices/marks/rules'
import { computeCost, isPriced, readPinnedPrice } from '../prices/rules'
import { isEnded, measureProgress } from '../rules'
import { compareParts } from './comparing/data'
import { countKept, findObstacle } from './continuing/rules'
import { chooseUnit, countInUse, judgeEffects } from './rules'
import type { EffectCounts, EffectExample, EffectStudyView, EffectsView } from './schema'

/** What is known of what the examples of a version do. Throws not-found. */
export async function getEffects(member: Member, ref: string): Promise<EffectsView> {
  const { projectId } = member
  const { id, number } = await findVersionByRef(projectId, ref)
  const dev = { projectId, pool: 'dev', archivedAt: null } as const
  const [content, devCases, labelledDevCases, study] = await Promise.all([
    getPromptContent(projectId, id),
    db.case.count({ where: dev }),
    db.case.count({ where: { ...dev, finalLabel: { isNot: null } } }),
    db.effectStudy.findFirst({
      where: { versionId: id },
      orderBy: { createdAt: 'desc' },
      include: { baseRun: true, parts: { orderBy: { position: 'asc' }, include: { run: RUN } } },
    }),
  ])
  const examples = countInUse(content)
  return {
    version: { id, number },
    examples,
    suggestedUnit: chooseUnit(examples),
    devCases,
    labelledDevCases,
    study: study && (await viewStudy(study, contentHash(content))),
  }
}

/** Ids of the examples that a study shows with their labels. */
export const listStudied = ({ study }: EffectsView): string[] =>
  study?.parts.flatMap(({ examples }) => examples.map(({ id }) => id)) ?? []

const RUN = {
  select: {
    ...{ id: true, status: true, done: true, failed: true, items: true, cost: true },
    startedAt: true,
  },
} as const

type PartRun = Pick<Run, 'id' | 'status' | 'done' | 'failed' | 'items' | 'cost' | 'startedAt'>
type FoundPart = LeftOut & { run: PartRun | null }
type FoundStudy = EffectStudy & { baseRun: Run; parts: FoundPart[] }

async function viewStudy(study: FoundStudy, hashNow: string): Promise<EffectStudyView> {
  const { baseRun, parts } = study
  const content = promptContent.parse(baseRun.content)
  const runs = parts.flatMap(({ run }) => run ?? [])
  const cases = runs[0]?.items ?? 0
  const failed = runs.reduce((sum, run) => sum + run.failed, 0)
  const done = runs.reduce((sum, run) => sum + run.done, failed)
  const items = cases * parts.length
  const [people, whole, similarMayDiffer, results, progress] = await Promise.all([
    namePeople([study.createdById]),
    scoreWhole(baseRun.id, runs[0]?.id ?? null),
    content.similarExamples > 0 && isEnded(baseRun.status)
      ? mayDiffer(baseRun.id, runs, content.similarExamples)
      : false,
    compareParts(
      baseRun.id,
      runs.flatMap(({ id, status }) => (status === 'done' ? id : [])),
    ),
    readProgress(study, runs, items - done),
  ])
  return {
    id: study.id,
    unit: study.unit,
    status: study.status,
    message: study.message,
    current: baseRun.contentHash === hashNow,
    standIn: baseRun.standIn,
    similarMayDiffer,
    waitsFor: isEnded(baseRun.status)
      ? null
      : { done: baseRun.done + baseRun.failed, items: baseRun.items },
    cases,
    done,
    items,
    failed,
    ...progress,
    cost: isPriced(baseRun) ? sumCost(runs) : null,
    priced: markOf(readPinnedPrice(baseRun)),
    toGoOn: estimateRest(study, baseRun.contentHash === hashNow),
    startedBy: people.get(study.createdById ?? '') ?? null,
    createdAt: study.createdAt.toISOString(),
    finishedAt: study.finishedAt?.toISOString() ?? null,
    whole,
    parts: viewParts(parts, content, baseRun, results),
  }
}

function viewParts(
  parts: readonly FoundPart[],
  content: PromptContent,
  baseRun: Run,
  results: ReadonlyMap<string, EffectCounts>,
): EffectStudyView['parts'] {
  const counted = parts.flatMap(({ runId }) => results.get(runId ?? '') ?? [])
  const verdicts = new Map(judgeEffects(counted).map((verdict, at) => [counted[at], verdict]))
  const examples = new Map(describeExamples(content).map((example) => [example.id, example]))
  const price = readPinnedPrice(baseRun)
  return parts.map(({ id, exampleIds, tokens, runId }) => {
    const result = results.get(runId ?? '')
    const verdict = result && verdicts.get(result)
    const use = { outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 }
    return {
      id,
      examples: exampleIds.flatMap((one) => examples.get(one) ?? []),
      tokens,
      costPerThousand: price && computeCost({ ...use, inputTokens: 1_000 * tokens }, price),
      result: result && verdict ? { ...result, verdict } : null,
    }
  })
}

function describeExamples({ categories, examples }: PromptContent): EffectExample[] {
  const nameOf = (key: string) => categories.find((one) => one.key === key)?.name ?? key
  return examples.map(({ id, kind, labelKey, wrongLabelKey, caseText }) => ({
    id,
    kind,
    label: nameOf(labelKey),
    wrongLabel: wrongLabelKey === null ? null : nameOf(wrongLabelKey),
    text: caseText.slice(0, 300),
  }))
}

const sumCost = (runs: readonly PartRun[]) => runs.reduce((sum, { cost }) => sum + Number(cost), 0)

function estimateRest(
  { status, baseRun, parts }: FoundStudy,
  current: boolean,
): EffectStudyView['toGoOn'] {
  const { standIn } = baseRun
  const asked = { status, current, standIn, baseStatus: baseRun.status }
  if (findObstacle(asked, isStandIn()) !== null) return null
  const runs = parts.flatMap(({ run }) => run ?? [])
  const items = (runs[0]?.items ?? 0) * parts.length
  const calls = items - parts.reduce((sum, { run }) => sum + countKept(run), 0)
  const answers = runs.reduce((sum, { done, failed }) => sum + done + failed, 0)
  const priced = answers > 0 && isPriced(baseRun)
  return {
    kept: runs.filter((run) => run.status === 'done').length,
    calls,
    cost: priced ? Math.round((sumCost(runs) / answers) * calls) : null,
  }
}

type Answered = { labelId: string; secondLabelId: string | null }

/** With all examples, on the cases of the study that have a final label. */
async function scoreWhole(
  baseRunId: string,
  partRunId: string | null,
): Promise<EffectStudyView['whole']> {
  const rows = await db.$queryRaw<(Answered & { answer: string | null; n: number })[]>`
    SELECT label_now(b."labelId") AS answer, f."labelId", f."secondLabelId", count(*)::int AS n
    FROM "RunItem" i
    JOIN "Suggestion" b ON b."caseId" = i."caseId" AND b."runId" = ${baseRunId}::uuid AND b.counts
    JOIN "FinalLabel" f ON f."caseId" = i."caseId"
    WHERE i."runId" = ${partRunId}::uuid
    GROUP BY 1, 2, 3`
  const right = rows.filter(({ answer, ...truth }) => isRight(answer, truth).exact)
  const sum = (some: readonly { n: number }[]) => some.reduce((total, { n }) => total + n, 0)
  return { right: sum(right), n: sum(rows) }
}

/**
 * Whether some cases of the study were asked beside other similar examples than in the base: its calls
 * do not say under which labels those stood there, or shared them between the cases of a pack.
 */
async function mayDiffer(
  baseRunId: string,
  [first]: readonly PartRun[],
  n: number,
): Promise<boolean> {
  const [found] = await db.$queryRaw<{ unknown: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM "RunItem" i
      WHERE i."runId" = ${first?.id ?? null}::uuid AND NOT EXISTS (
        SELECT 1 FROM "CallCase" k JOIN "Call" a ON a.id = k."callId"
        WHERE k."caseId" = i."caseId" AND a."runId" = ${baseRunId}::uuid
          AND cardinality(a."similarIds") = cardinality(a."similarLabelIds")
          AND cardinality(a."similarIds") <= ${n})
    ) AS unknown`
  return found?.unknown ?? false
}

const RATE_WINDOW_MS = 30_000

async function readProgress(
  { status }: EffectStudy,
  runs: readonly PartRun[],
  left: number,
): Promise<Pick<EffectStudyView, 'ratePerMinute' | 'timeLeftMs'>> {
  if (isEnded(status)) return { ratePerMinute: null, timeLeftMs: null }
  const now = new Date()
  const from = new Date(now.getTime() - RATE_WINDOW_MS)
  const endedInWindow = await db.callCase.count({
    where: { call: { runId: { in: runs.map(({ id }) => id) }, status: 'ok', at: { gt: from } } },
  })
  const startedAt = runs.find((run) => run.startedAt !== null)?.startedAt ?? null
  const sinceStart = startedAt === null ? 0 : now.getTime() - startedAt.getTime()
  const workedMs = Math.min(RATE_WINDOW_MS, sinceStart)
  return measureProgress({ workedMs, ended: endedInWindow, left })
}
