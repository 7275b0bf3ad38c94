import type { ModelPrice } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { isStandIn } from '@/lib/platform/bedrock'
import { type Database, db } from '@/lib/platform/database'
import { namePeople } from '@/lib/users/data'
import { mayChangePrices } from './policy'
import { choosePrice, PRICE_TABLE } from './rules'
import type { PinnedPrice, Price, PricesView } from './schema'

/** What a model costs in a project from now on; null where nobody knows. The one place that says so. */
export async function findPrice(
  projectId: string,
  modelId: string,
  database: Database = db,
): Promise<Price | null> {
  const own = await database.modelPrice.findUnique({
    where: { projectId_modelId: { projectId, modelId } },
  })
  return choosePrice(own && toPrice(own), modelId, isStandIn())
}

type Models = { modelId: string; mendModelId?: string | null }

/** What a run pins of prices; null, with the models to blame, where one of them has none. */
export async function findPrices(
  projectId: string,
  { modelId, mendModelId }: Models,
  database: Database = db,
): Promise<{ price: PinnedPrice | null; unpriced: string[] }> {
  const price = await findPrice(projectId, modelId, database)
  const mending = mendModelId ? await findPrice(projectId, mendModelId, database) : null
  const unpriced = [
    ...(price === null ? [modelId] : []),
    ...(mendModelId && mending === null ? [mendModelId] : []),
  ]
  const known = price !== null && unpriced.length === 0
  return { price: known ? { ...price, mending } : null, unpriced: [...new Set(unpriced)] }
}

function toPrice(row: ModelPrice): Price {
  return {
    ...{ input: Number(row.input), output: Number(row.output) },
    ...{ cacheWrite: Number(row.cacheWrite), cacheRead: Number(row.cacheRead) },
    batchShare: row.batchPercent / 100,
    ...{ date: row.setAt.toISOString().slice(0, 10), own: true },
  }
}

/** Each model that the project has to do with, and what it costs. */
export async function getPricesView(member: Member): Promise<PricesView> {
  const { projectId } = member
  const [own, named] = await Promise.all([
    db.modelPrice.findMany({ where: { projectId } }),
    db.$queryRaw<{ modelId: string }[]>`
      SELECT model->>'modelId' AS "modelId" FROM "Version"
      WHERE "projectId" = ${projectId}::uuid AND "archivedAt" IS NULL
      UNION SELECT model->>'mendModelId' FROM "Version"
      WHERE "projectId" = ${projectId}::uuid AND "archivedAt" IS NULL AND model->>'mendModelId' <> ''
      UNION SELECT "modelId" FROM "Run" WHERE "projectId" = ${projectId}::uuid`,
  ])
  const ids = new Set([...named, ...own].map(({ modelId }) => modelId))
  const names = await namePeople(own.map(({ setById }) => setById))
  const standIn = isStandIn()
  const models = [...ids].sort().map((modelId) => {
    const row = own.find((one) => one.modelId === modelId)
    return {
      modelId,
      price: choosePrice(row ? toPrice(row) : null, modelId, standIn),
      listed: choosePrice(null, modelId, standIn),
      setBy: row?.setById ? (names.get(row.setById) ?? null) : null,
    }
  })
  return { models, tableDate: PRICE_TABLE.date, standIn, mayChange: mayChangePrices(member) }
}
