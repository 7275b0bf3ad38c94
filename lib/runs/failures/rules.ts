/** What a failed call means for its case and its run. */
export type Failure =
  /** Every further call would fail the same way: `message` says what to do. */
  | { kind: 'stop'; name: string; message: string }
  /** Asked to go slower: goes on for long, ever more slowly. */
  | { kind: 'throttled'; name: string; message: string }
  /** May work at the next try; after a few the case is given up. */
  | { kind: 'retry'; name: string; message: string }

const STANDING_FAILURES: Record<string, (model: string, said: string) => string> = {
  AccessDeniedException: (model, said) =>
    `Bedrock refuses access to the model ${model}: “${said}” Ask for access to this model in the Bedrock console, allow bedrock:InvokeModel for the credentials in use, then start a new run.`,
  ValidationException: (model, said) =>
    `Bedrock does not accept the request for ${model}: “${said}” Check the version’s model settings (model, maximum tokens, temperature), then start a new run.`,
  ResourceNotFoundException: (model, said) =>
    `There is no model ${model} here: “${said}” Choose another model in the version, or check its name and region, then start a new run.`,
  ServiceQuotaExceededException: (model, said) =>
    `The account’s quota for ${model} is used up: “${said}” Ask AWS for a larger one or wait until it is renewed, then start a new run.`,
}

const CREDENTIALS =
  /Credential|UnrecognizedClient|ExpiredToken|InvalidSignature|IncompleteSignature|MissingAuthentication|InvalidClientTokenId/

const THROTTLED = new Set(['ThrottlingException', 'TooManyRequestsException'])

/** Sorts the SDK's exceptions as Bedrock documents them; `modelId` is for the message. */
export function classifyFailure(error: unknown, modelId: string): Failure {
  const { name, said } = readError(error)
  const standing = STANDING_FAILURES[name]
  if (standing) return { kind: 'stop', name, message: standing(modelId, said) }
  if (CREDENTIALS.test(name)) {
    return {
      kind: 'stop',
      name,
      message: `The AWS credentials are missing or not valid: “${said}” Set them for the worker as docs/configuration.md says, restart it, then start a new run.`,
    }
  }
  const kind = THROTTLED.has(name) ? 'throttled' : 'retry'
  return { kind, name, message: said === '' ? name : `${name}: ${said}` }
}

function readError(error: unknown): { name: string; said: string } {
  if (!(error instanceof Error)) return { name: 'Error', said: String(error) }
  // An error of the connection has no name of its own, but a code.
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null
  return { name: error.name === 'Error' && code ? code : error.name, said: error.message.trim() }
}
