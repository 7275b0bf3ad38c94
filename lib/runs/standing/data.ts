import type { Run } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { isStandIn } from '@/lib/platform/bedrock'
import { db } from '@/lib/platform/database'
import { conflict } from '@/lib/platform/errors'
import { nameCategories } from '@/lib/projects/data'
import { findReleasedSetup, getPromptContent, type ReleasedSetup } from '@/lib/versions/data'
import { type Departures, departures } from '@/lib/versions/setups/schema'
import { markOf } from '../prices/marks/rules'
import { isPriced, readPinnedPrice } from '../prices/rules'
import { NOTHING_RELEASED } from './rules'
import type { LabelDesk, LabelledCase } from './schema'

/** The set-up that labels new cases. Throws `conflict` while nothing is released. */
export async function getReleased({ projectId }: Member): Promise<ReleasedSetup> {
  const released = await findReleasedSetup(projectId)
  if (!released) throw conflict(NOTHING_RELEASED)
  return released
}

/** In what a set-up departs from its version. */
export async function readDepartures(setupId: string): Promise<Departures> {
  const { packSize, similarExamples, variant } = await db.setup.findUniqueOrThrow({
    where: { id: setupId },
    select: { packSize: true, similarExamples: true, variant: true },
  })
  return departures.parse({ ...JSON.parse(variant || '{}'), packSize, similarExamples })
}

type Said = Pick<
  LabelledCase,
  'status' | 'label' | 'labelText' | 'explanation' | 'evidence' | 'cost' | 'priced' | 'latencyMs'
>

/** What a standing run has said of a case, with what it took; null while it has said nothing. */
export async function findSaid(run: Run, caseId: string): Promise<Said | null> {
  const suggestion = await db.suggestion.findUnique({
    where: { runId_caseId: { runId: run.id, caseId } },
  })
  if (!suggestion) return null
  const { status, labelText, explanation, evidence } = suggestion
  const [label, calls] = await Promise.all([
    findCategory(run.projectId, suggestion.labelId),
    db.call.aggregate({
      where: { runId: run.id, cases: { some: { caseId } } },
      _sum: { cost: true, latencyMs: true },
    }),
  ])
  const { cost, latencyMs } = calls._sum
  return {
    ...{ status, label, labelText, explanation, evidence },
    cost: isPriced(run) ? Number(cost ?? 0) : null,
    priced: markOf(readPinnedPrice(run)),
    latencyMs: latencyMs ?? 0,
  }
}

/** The category that a label is today. */
async function findCategory(projectId: string, labelId: string | null) {
  if (labelId === null) return null
  const [now] = await db.$queryRaw<{ id: string; key: string }[]>`
    SELECT id, key FROM "Category" WHERE id = label_now(${labelId}::uuid)`
  if (!now) return null
  return { key: now.key, name: (await nameCategories(projectId)).get(now.id) ?? now.key }
}

const LISTED = 20

type Row = {
  versionNumber: number | null
  standIn: boolean
  cases: number
  /** Null where what a part of it costs is not known. */
  cost: bigint | null
  lastAt: Date | null
}

/** What labels new cases now, and what was labelled one by one so far. */
export async function getLabelDesk({ projectId }: Member): Promise<LabelDesk> {
  const [released, standing] = await Promise.all([
    findReleasedSetup(projectId),
    db.$queryRaw<Row[]>`
      SELECT v.number AS "versionNumber", r."standIn", sum(r.done)::int AS cases,
        CASE WHEN bool_and(r."standIn" OR r.price IS NOT NULL) THEN sum(r.cost)::bigint END AS cost,
        max(said.at) AS "lastAt"
      FROM "Run" r
      JOIN "Setup" p ON p.id = r."setupId"
      JOIN "Version" v ON v.id = p."versionId"
      LEFT JOIN LATERAL (
        SELECT max(a.at) AS at FROM "Call" a WHERE a."runId" = r.id
      ) said ON true
      WHERE r."projectId" = ${projectId}::uuid AND r.standing AND r.calls > 0
      GROUP BY 1, 2 ORDER BY 1 DESC NULLS LAST, 2 LIMIT ${LISTED}`,
  ])
  const content = released ? await getPromptContent(projectId, released.versionId) : null
  return {
    released:
      released && content
        ? {
            versionNumber: released.versionNumber,
            modelId: content.model.modelId,
            standIn: isStandIn(),
          }
        : null,
    standing: standing.map(({ cost, lastAt, ...row }) => ({
      ...row,
      cost: cost === null ? null : Number(cost),
      lastAt: lastAt?.toISOString() ?? null,
    })),
  }
}
