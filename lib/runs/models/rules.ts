import { calcPrice } from '@pydantic/genai-prices'

/** The local stand-in's models and their windows in tokens: kept equal to local/bedrock by a test. */
export const STAND_IN_WINDOWS: Readonly<Record<string, number>> = {
  'closecall.lexical-v1': 32_000,
  'closecall.lexical-small-v1': 4_000,
  'closecall.lexical-either-v1': 32_000,
  'closecall.lexical-strict-v1': 32_000,
  'closecall.echo-v1': 200_000,
}

/** Models, inference profiles and ARNs, as Bedrock names them. */
const ID = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[a-z0-9]+)*$/i
const ARN = /^arn:aws[a-z-]*:(?:bedrock|sagemaker):[a-z0-9-]*:\d*:[a-z-]+\/\S+$/i

export const isOfStandIn = (modelId: string): boolean => Object.hasOwn(STAND_IN_WINDOWS, modelId)

/** Why a model can’t be asked, as a sentence that names it; null where it may be there. */
export function findNoModel(modelId: string, standIn: boolean): string | null {
  if (standIn) {
    if (isOfStandIn(modelId)) return null
    const own = Object.keys(STAND_IN_WINDOWS).join(', ')
    return `“${modelId}” is no model of the local stand-in, which answers here. It has ${own}.`
  }
  if (ID.test(modelId) || ARN.test(modelId)) return null
  return `“${modelId}” is no id of a Bedrock model. It is written like anthropic.claude-sonnet-4-6, with a prefix like us. for an inference profile, or as an ARN.`
}

/** For a model whose window is not known: what every current model has at least. */
const CAUTIOUS_WINDOW = 32_000

/** Tokens of prompt and answer together that a model takes. */
export function findWindow(modelId: string): number {
  const usage = { input_tokens: 1, output_tokens: 1 }
  const listed = calcPrice(usage, modelId, { providerId: 'aws' })?.model
  return STAND_IN_WINDOWS[modelId] ?? listed?.context_window ?? CAUTIOUS_WINDOW
}
