import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { AppError } from '@/lib/platform/errors'
import { getPromptContent } from '@/lib/versions/data'
import { mostInPack, renderFixedPart } from '@/lib/versions/rendering/rules'
import type { PromptContent } from '@/lib/versions/rendering/schema'
import { measureRoom } from '../calls/rules'
import { findWindow } from '../models/rules'
import type { EstimateInput } from '../schema'
import type { CaseLengths } from './schema'

/** Tokens; every bin ends where about half as much again begins. */
const BINS = [50, 100, 150, 200, 300, 500, 750, 1_000, 1_500, 2_500, 5_000]
const PACKS = [1, 5, 10, 20] as const
/** Markup around a case, in characters; four of them to a token. */
const MARKUP = 300

/** How long the cases of a run would be, and how many of them fit into packs with this version's prompt. */
export async function measureLengths(
  { projectId }: Member,
  { versionId, pool, limit }: EstimateInput,
): Promise<CaseLengths> {
  if (pool === 'test') throw new AppError('forbidden', 'The test pool is locked.')
  const content = await getPromptContent(projectId, versionId)
  const packs = PACKS.map((packSize) => {
    const most = mostInPack({ ...content, packSize })
    return { packSize, most, room: measureShare({ ...content, packSize }, most) }
  })
  const [measured] = await db.$queryRaw<
    { cases: number; median: number; longest: number; bins: number[]; fits: number[] }[]
  >`
    WITH lengths AS (
      SELECT ceil((characters + ${MARKUP}) / 4.0)::int AS tokens FROM "Case"
      WHERE "projectId" = ${projectId}::uuid AND pool = ${pool}::"Pool"
        AND "archivedAt" IS NULL AND "quarantinedAt" IS NULL
      ORDER BY rank, id
      LIMIT ${limit}
    )
    SELECT count(*)::int AS cases,
      coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY tokens), 0)::float8 AS median,
      coalesce(max(tokens), 0)::int AS longest,
      ARRAY(
        SELECT (SELECT count(*)::int FROM lengths
          WHERE width_bucket(tokens - 1, ${BINS}::int[]) = bin)
        FROM generate_series(0, ${BINS.length}::int) AS bin ORDER BY bin
      ) AS bins,
      ARRAY(
        SELECT (SELECT count(*)::int FROM lengths WHERE tokens <= r.room)
        FROM unnest(${packs.map(({ room }) => room)}::int[]) WITH ORDINALITY AS r(room, i) ORDER BY i
      ) AS fits
    FROM lengths`
  return {
    cases: measured?.cases ?? 0,
    median: Math.round(measured?.median ?? 0),
    longest: measured?.longest ?? 0,
    bins: [...BINS, null].map((upTo, at) => ({ upTo, cases: measured?.bins[at] ?? 0 })),
    packs: packs.map((pack, at) => ({ ...pack, fits: measured?.fits[at] ?? 0 })),
  }
}

/** Tokens for each of so many cases in one call. */
function measureShare(content: PromptContent, most: number): number {
  const room = measureRoom(content, renderFixedPart(content), findWindow(content.model.modelId))
  return Math.max(0, Math.floor(room / 4 / most))
}
