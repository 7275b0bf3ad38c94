import { calcPrice } from '@pydantic/genai-prices'
import { isOfStandIn } from '../models/rules'
import { type PinnedPrice, type Price, pinnedPrice } from './schema'

/** The dated table of prices: the day its version was published. A test holds the two together. */
export const PRICE_TABLE = { version: '0.1.8', date: '2026-09-23' }

/** Where the table has no price for it: what Bedrock asks of most models, as shares of plain input. */
const CACHE_WRITE_FACTOR = 1.25
const CACHE_READ_FACTOR = 0.1
/** Of the price on demand. */
const BATCH_SHARE = 0.5

/** The local stand-in’s. */
const NOTHING: Price = {
  ...{ input: 0, output: 0, cacheWrite: 0, cacheRead: 0 },
  ...{ batchShare: BATCH_SHARE, date: null, own: false },
}

/**
 * What Bedrock charges for a model, by the table, on demand and for the first price step; null where the
 * table does not know the model.
 */
export function findListedPrice(modelId: string): Price | null {
  const usage = { input_tokens: 1, output_tokens: 1 }
  const listed = calcPrice(usage, modelId, { providerId: 'aws' })?.model_price
  const input = toMillionths(listed?.input_mtok)
  const output = toMillionths(listed?.output_mtok)
  if (input === null || output === null) return null
  return {
    ...{ input, output },
    cacheWrite: toMillionths(listed?.cache_write_mtok) ?? Math.round(input * CACHE_WRITE_FACTOR),
    cacheRead: toMillionths(listed?.cache_read_mtok) ?? Math.round(input * CACHE_READ_FACTOR),
    ...{ batchShare: BATCH_SHARE, date: PRICE_TABLE.date, own: false },
  }
}

/** Dollars per million tokens, or such prices in steps, of which the first holds for short prompts. */
function toMillionths(price: number | { base: number } | undefined): number | null {
  if (price === undefined) return null
  return Math.round((typeof price === 'number' ? price : price.base) * 1_000_000)
}

/**
 * The price that counts: what was set for the project, then nothing for the stand-in, then the table’s.
 * One that was set counts for the stand-in too, so that a budget can be tried before it costs money.
 * A model that the stand-in does not have is not there, so it has no price either.
 */
export function choosePrice(own: Price | null, modelId: string, standIn: boolean): Price | null {
  if (own !== null) return own
  if (!standIn) return findListedPrice(modelId)
  return isOfStandIn(modelId) ? NOTHING : null
}

type Pinning = { standIn: boolean; price: unknown }

/** What a run pinned; null where the price of one of its models was not known. */
export function readPinnedPrice({ standIn, price }: Pinning): PinnedPrice | null {
  if (price !== null) return pinnedPrice.parse(price)
  // Runs of the stand-in from before prices were pinned.
  return standIn ? { ...NOTHING, mending: null } : null
}

/** Whether what a run spent is known. */
export const isPriced = ({ standIn, price }: Pinning): boolean => standIn || price !== null

export type TokenUse = {
  inputTokens: number
  outputTokens: number
  cacheReadTokens: number
  cacheWriteTokens: number
}

/** Cost in millionths of a dollar. Bedrock counts cached tokens apart from `inputTokens`. */
export function computeCost(use: TokenUse, price: Price, how: { batch?: boolean } = {}): number {
  const onDemand =
    use.inputTokens * price.input +
    use.outputTokens * price.output +
    use.cacheWriteTokens * price.cacheWrite +
    use.cacheReadTokens * price.cacheRead
  return Math.round((onDemand * (how.batch ? price.batchShare : 1)) / 1_000_000)
}

/** Why a run can’t have a budget in dollars. */
export const explainNoBudget = (modelIds: readonly string[]): string =>
  `The price of ${modelIds.join(' and of ')} is not known, so a budget in dollars could stop nothing. Set it under Settings → Prices, or limit the calls instead.`
