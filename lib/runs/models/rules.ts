import { calcPrice } from '@pydantic/genai-prices'

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
  const usage = { input_tokens: 1, output_tokens: 1 }
  const listed = calcPrice(usage, modelId, { providerId: 'aws' })?.model
  return STAND_IN_WINDOWS[modelId] ?? listed?.context_window ?? CAUTIOUS_WINDOW
}
