import { calcPrice } from '@pydantic/genai-prices'

/** Price per million tokens, in millionths of a dollar. */
export type Price = { priceIn: number; priceOut: number }

/** The local stand-in's models and their windows in tokens: kept equal to local/bedrock by a test. */
export const STAND_IN_WINDOWS: Readonly<Record<string, number>> = {
  'closecall.lexical-v1': 32_000,
  'closecall.lexical-small-v1': 4_000,
  'closecall.lexical-either-v1': 32_000,
  'closecall.lexical-strict-v1': 32_000,
  'closecall.echo-v1': 200_000,
}

/** For a model whose window is not known: what every current model has at least. */
const CAUTIOUS_WINDOW = 32_000

/** Tokens of prompt and answer together that a model takes. */
export function findWindow(modelId: string): number {
  return STAND_IN_WINDOWS[modelId] ?? listed(modelId)?.model.context_window ?? CAUTIOUS_WINDOW
}

/**
 * What Bedrock charges for a model, by the dated table of genai-prices, on demand and for the first
 * price step; zero for the stand-in; null where the table does not know the model.
 */
export function findPrice(modelId: string, standIn: boolean): Price | null {
  if (standIn) return { priceIn: 0, priceOut: 0 }
  const price = listed(modelId)?.model_price
  const priceIn = toMillionths(price?.input_mtok)
  const priceOut = toMillionths(price?.output_mtok)
  return priceIn === null || priceOut === null ? null : { priceIn, priceOut }
}

function listed(modelId: string) {
  return calcPrice({ input_tokens: 1, output_tokens: 1 }, modelId, { providerId: 'aws' })
}

/** Dollars per million tokens, or such prices in steps, of which the first holds for short prompts. */
function toMillionths(price: number | { base: number } | undefined): number | null {
  if (price === undefined) return null
  return Math.round((typeof price === 'number' ? price : price.base) * 1_000_000)
}

export type TokenUse = {
  inputTokens: number
  outputTokens: number
  cacheReadTokens: number
  cacheWriteTokens: number
}

/** Writing to the prompt cache costs a quarter more than plain input, reading a tenth of it. */
const CACHE_WRITE_FACTOR = 1.25
const CACHE_READ_FACTOR = 0.1

/** Cost in millionths of a dollar. Bedrock counts cached tokens apart from `inputTokens`. */
export function computeCost(use: TokenUse, price: Price): number {
  const input =
    use.inputTokens +
    use.cacheWriteTokens * CACHE_WRITE_FACTOR +
    use.cacheReadTokens * CACHE_READ_FACTOR
  return Math.round((input * price.priceIn + use.outputTokens * price.priceOut) / 1_000_000)
}
