/** `anthropic.claude-…-v1:0`, with `eu.` or the like before it for an inference profile. */
const NAME = /^[a-z0-9][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)+(?::[a-z0-9-]+)*$/i

/** `arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/…`: of any kind and partition. */
const ARN = /^arn:aws(?:-[a-z0-9-]+)?:bedrock:[a-z0-9-]*:(?:\d{12})?:[a-z-]+\/[a-z0-9.:/-]+$/i

/** Whether Bedrock, or its stand-in, could have a model of this name; it need not be one there is. */
export const isModelId = (text: string): boolean => NAME.test(text) || ARN.test(text)

export const NO_MODEL_ID =
  'A model’s Bedrock id, the id of an inference profile, or an ARN: such as eu.anthropic.claude-sonnet-4-6.'
