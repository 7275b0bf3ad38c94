import { z } from 'zod'
import type { Member } from '@/lib/platform/access'
import { isStandIn } from '@/lib/platform/bedrock'
import { type Database, db } from '@/lib/platform/database'
import { notFound } from '@/lib/platform/errors'
import { findNoModel, findWindow } from '@/lib/runs/models/rules'
import { findVersionByRef } from '../data'
import { listCasesNear } from '../leaks/data'
import { promptContent } from '../rendering/schema'
import type { CheckFacts } from './schema'

const { model } = promptContent.shape

/** Enough of a random sample to say how long a usual case is. */
const SAMPLE = 500

/** What only the server knows of a version's examples and model. Throws not-found. */
export async function getCheckFacts(member: Member, ref: string): Promise<CheckFacts> {
  const { id } = await findVersionByRef(member.projectId, ref)
  return readCheckFacts(member.projectId, id)
}

export async function readCheckFacts(
  projectId: string,
  versionId: string,
  database: Database = db,
): Promise<CheckFacts> {
  const version = await database.version.findFirst({
    where: { id: versionId, projectId },
    select: {
      model: true,
      categories: { select: { categoryId: true } },
      examples: { select: { id: true, text: true, case: { select: { pool: true } } } },
    },
  })
  if (!version) throw notFound('This version')
  const { modelId, mendModelId } = model.parse(version.model)
  const { examples } = version
  const texts = [...new Set(examples.map(({ text }) => text))]
  const near = await listCasesNear(database, projectId, texts)
  const nearTexts = new Set(texts.filter((_, at) => (near[at]?.length ?? 0) > 0))
  const removed = await database.category.findMany({
    where: {
      projectId,
      archivedAt: { not: null },
      id: { in: version.categories.map(({ categoryId }) => categoryId) },
    },
    select: { id: true },
  })
  return {
    removedCategories: removed.map(({ id }) => id),
    outsidePool: examples.flatMap(({ id, case: from }) => (from.pool === 'example' ? [] : [id])),
    nearJudging: examples.flatMap(({ id, text }) => (nearTexts.has(text) ? [id] : [])),
    modelId,
    window: findWindow(modelId),
    missingModels: [...new Set([modelId, mendModelId ?? modelId])].flatMap((id) => {
      const sentence = findNoModel(id, isStandIn())
      return sentence === null ? [] : { modelId: id, sentence }
    }),
    usualCase: await measureUsualCase(projectId, database),
  }
}

const usual = z.tuple([z.object({ characters: z.number().nullable() })])

async function measureUsualCase(projectId: string, database: Database): Promise<number | null> {
  const rows = await database.$queryRaw`
    SELECT percentile_disc(0.9) WITHIN GROUP (ORDER BY characters)::int AS characters
    FROM (
      SELECT characters FROM "Case"
      WHERE "projectId" = ${projectId}::uuid AND pool = 'example' AND "archivedAt" IS NULL
      ORDER BY rank LIMIT ${SAMPLE}
    ) sample`
  return usual.parse(rows)[0].characters
}
