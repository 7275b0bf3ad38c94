import type { EffectStudy, LeftOut, Run } from '@/generated/prisma/client'
import { isRight } from '@/lib/accuracy/rules'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { notFound } from '@/lib/platform/errors'
import { nameCategories } from '@/lib/projects/data'
import { namePeople } from '@/lib/users/data'
import { findVersionByRef, getPromptContent } from '@/lib/versions/data'
import { contentHash } from '@/lib/versions/fingerprint/rules'
import { type PromptContent, promptContent } from '@/lib/versions/rendering/schema'
import { computeCost } from '../models/rules'
import { isEnded, measureProgress } from '../rules'
import { chooseUnit, countInUse, judgeEffects } from './rules'
import type { EffectCases, EffectExample, EffectStudyView, EffectsView } from './schema'

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
  const [people, whole, results, progress] = await Promise.all([
    namePeople([study.createdById]),
    scoreWhole(baseRun.id, runs[0]?.id ?? null),
    compareParts(
      baseRun.id,
      runs.filter(({ status }) => status === 'done'),
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
    waitsFor: isEnded(baseRun.status)
      ? null
      : { done: baseRun.done + baseRun.failed, items: baseRun.items },
    cases,
    done,
    items,
    failed,
    ...progress,
    cost: runs.reduce((sum, { cost }) => sum + Number(cost), 0),
    startedBy: people.get(study.createdById ?? '') ?? null,
    createdAt: study.createdAt.toISOString(),
    finishedAt: study.finishedAt?.toISOString() ?? null,
    whole,
    parts: viewParts(parts, content, baseRun, results),
  }
}

type Counts = { n: number; fixes: number; breaks: number }

function viewParts(
  parts: readonly FoundPart[],
  content: PromptContent,
  { priceIn }: Run,
  results: ReadonlyMap<string, Counts>,
): EffectStudyView['parts'] {
  const counted = parts.flatMap(({ runId }) => results.get(runId ?? '') ?? [])
  const verdicts = new Map(judgeEffects(counted).map((verdict, at) => [counted[at], verdict]))
  const examples = new Map(describeExamples(content).map((example) => [example.id, example]))
  return parts.map(({ id, exampleIds, tokens, runId }) => {
    const result = results.get(runId ?? '')
    const verdict = result && verdicts.get(result)
    const use = { outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 }
    return {
      id,
      examples: exampleIds.flatMap((one) => examples.get(one) ?? []),
      tokens,
      costPerThousand: computeCost(
        { ...use, inputTokens: 1_000 * tokens },
        { priceIn: Number(priceIn), priceOut: 0 },
      ),
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

type Answered = { labelId: string; secondLabelId: string | null }
type Differing = Answered & { runId: string; withId: string | null; withoutId: string | null }

/** For each finished run, in how many of its labelled cases it differs from the base for better or worse. */
async function compareParts(
  baseRunId: string,
  runs: readonly PartRun[],
): Promise<Map<string, Counts>> {
  const ids = runs.map(({ id }) => id)
  const [totals, differing] = await Promise.all([
    db.$queryRaw<{ runId: string; n: number }[]>`
      SELECT o."runId", count(*)::int AS n
      FROM "Suggestion" o
      JOIN "Suggestion" b ON b."caseId" = o."caseId" AND b."runId" = ${baseRunId}::uuid AND b.counts
      JOIN "FinalLabel" f ON f."caseId" = o."caseId"
      WHERE o."runId" = ANY(${ids}::uuid[])
      GROUP BY 1`,
    db.$queryRaw<Differing[]>`
      SELECT o."runId", f."labelId", f."secondLabelId", label_now(b."labelId") AS "withId",
        label_now(o."labelId") AS "withoutId"
      FROM "Suggestion" o
      JOIN "Suggestion" b ON b."caseId" = o."caseId" AND b."runId" = ${baseRunId}::uuid AND b.counts
      JOIN "FinalLabel" f ON f."caseId" = o."caseId"
      WHERE o."runId" = ANY(${ids}::uuid[]) AND label_now(o."labelId") IS DISTINCT FROM label_now(b."labelId")`,
  ])
  const counts = new Map(ids.map((id): [string, Counts] => [id, { n: 0, fixes: 0, breaks: 0 }]))
  for (const { runId, n } of totals) Object.assign(counts.get(runId) ?? {}, { n })
  for (const { runId, withId, withoutId, ...truth } of differing) {
    const own = counts.get(runId)
    if (!own) continue
    const right = isRight(withId, truth).exact
    const rightWithout = isRight(withoutId, truth).exact
    if (right && !rightWithout) own.fixes += 1
    if (!right && rightWithout) own.breaks += 1
  }
  return counts
}

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
  return measureProgress({ startedAt, now, windowMs: RATE_WINDOW_MS, endedInWindow, left })
}

/** More than a person reads one by one; whoever is shown a case is no longer asked about it. */
const MOST_LISTED = 50

type CaseRow = Differing & { caseId: string; externalId: string; subject: string }

/**
 * The cases that a part's examples decide, the first of each side by random rank. All are of dev and have a final label; the
 * caller records who has seen them. Throws not-found.
 */
export async function listEffectCases(
  { projectId }: Member,
  { version, part }: { version: string; part: string },
): Promise<EffectCases> {
  const { id: versionId } = await findVersionByRef(projectId, version)
  const found = await db.leftOut.findFirst({
    where: { id: part, study: { projectId, versionId } },
    include: { study: true },
  })
  if (!found) throw notFound('This example')
  const rows = await db.$queryRaw<CaseRow[]>`
    SELECT c.id AS "caseId", c."externalId", c.subject, f."labelId", f."secondLabelId",
      label_now(b."labelId") AS "withId", label_now(o."labelId") AS "withoutId"
    FROM "Suggestion" o
    JOIN "Suggestion" b ON b."caseId" = o."caseId" AND b.counts
      AND b."runId" = ${found.study.baseRunId}::uuid
    JOIN "FinalLabel" f ON f."caseId" = o."caseId"
    JOIN "Case" c ON c.id = o."caseId" AND c.pool = 'dev'
    WHERE o."runId" = ${found.runId}::uuid AND label_now(o."labelId") IS DISTINCT FROM label_now(b."labelId")
    ORDER BY c.rank, c.id`
  const names = await nameCategories(projectId)
  const nameOf = (id: string | null) => names.get(id ?? '') ?? null
  const list = (side: 'withId' | 'withoutId') =>
    rows
      .filter((row) => isRight(row[side], row).exact)
      .slice(0, MOST_LISTED)
      .map(({ caseId, externalId, subject, labelId, withId, withoutId }) => ({
        ...{ caseId, externalId, subject, label: nameOf(labelId) ?? '' },
        ...{ withLabel: nameOf(withId), withoutLabel: nameOf(withoutId) },
      }))
  // Where both differ, at most one of them is right.
  return { fixes: list('withId'), breaks: list('withoutId') }
}
