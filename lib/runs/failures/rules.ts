import { z } from 'zod'

/** What a failed call means for its case and its run. */
export type Failure =
  /** Every further call would fail the same way: `message` says what to do. */
  | { kind: 'stop'; name: string; message: string }
  /**
   * This request is not accepted as it is. Where others of its run were, only its case is at fault;
   * otherwise the settings are, and `message` says what to do. `tooLong`: it has more tokens than the
   * model takes.
   */
  | { kind: 'refused'; name: string; message: string; said: string; tooLong: boolean }
  /** Asked to go slower: goes on for long, ever more slowly. */
  | { kind: 'throttled'; name: string; message: string }
  /** It has no room for a call just now, whatever the pace: no case is at fault. */
  | { kind: 'busy'; name: string; message: string }
  /** The way to Bedrock is cut: no case is at fault. */
  | { kind: 'unreachable'; name: string; message: string }
  /** May work at the next try; after a few the case is given up. */
  | { kind: 'retry'; name: string; message: string }

const STANDING_FAILURES: Record<string, (model: string, said: string) => string> = {
  AccessDeniedException: (model, said) =>
    `Bedrock refuses access to the model ${model}: “${said}” Ask for access to this model in the Bedrock console, allow bedrock:InvokeModel for the credentials in use, then go on.`,
  ResourceNotFoundException: (model, said) =>
    `There is no model ${model} here: “${said}” Choose another model in the version, or check its name and region, then start a new run.`,
  ServiceQuotaExceededException: (model, said) =>
    `The account’s quota for ${model} is used up: “${said}” Ask AWS for a larger one or wait until it is renewed, then go on.`,
}

const explainRefusal = (model: string, said: string): string =>
  `Bedrock does not accept the request for ${model}: “${said}” Check the version’s model settings (model, maximum tokens, temperature), then start a new run.`

/** Sentences of several models about a prompt; what they say of a maximum for the answer is not among them. */
const TOO_LONG =
  /too long|too large|context (limit|length|window)|input length|(too many|the) input tokens/i
/** Said as a ValidationException too, and true of every call. */
const OF_THE_MODEL = /model (identifier|id)\b|operation not allowed|on-demand throughput/i

const CREDENTIALS =
  /Credential|UnrecognizedClient|ExpiredToken|InvalidSignature|IncompleteSignature|MissingAuthentication|InvalidClientTokenId/

const THROTTLED = new Set(['ThrottlingException', 'TooManyRequestsException'])
const BUSY = new Set(['ServiceUnavailableException', 'ModelNotReadyException'])
/** Whatever stands before Bedrock names its errors otherwise. */
const BUSY_STATUS = new Set([429, 503])

const UNNAMED = /^(Error|AggregateError|TimeoutError)$/

/** Nobody there was spoken to. */
const NOT_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EAI_FAIL|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL)$/
/** Somebody was, and then the connection broke. */
const BROKEN_OFF = /^(ECONNRESET|ECONNABORTED|EPIPE)$/
const NOT_ESTABLISHED = /did not establish a connection/

/** Sorts the SDK's exceptions as Bedrock documents them; `modelId` is for the message. */
export function classifyFailure(error: unknown, modelId: string): Failure {
  const { name, said } = readError(error)
  const standing = STANDING_FAILURES[name]
  if (standing) return { kind: 'stop', name, message: standing(modelId, said) }
  if (name === 'ValidationException') {
    const message = explainRefusal(modelId, said)
    if (OF_THE_MODEL.test(said)) return { kind: 'stop', name, message }
    return {
      kind: 'refused',
      name,
      message,
      said: `${name}: ${said}`,
      tooLong: TOO_LONG.test(said),
    }
  }
  if (CREDENTIALS.test(name)) {
    return {
      kind: 'stop',
      name,
      message: `The AWS credentials are missing or not valid: “${said}” Set them for the worker as docs/configuration.md says, restart it, then go on.`,
    }
  }
  const message = said === '' ? name : `${name}: ${said}`
  if (isUnreachable(error)) return { kind: 'unreachable', name, message }
  if (THROTTLED.has(name)) return { kind: 'throttled', name, message }
  const isBusy = BUSY.has(name) || BUSY_STATUS.has(readStatus(error) ?? 0)
  return { kind: isBusy ? 'busy' : 'retry', name, message }
}

/** Whether Bedrock was there and turned the call away, whatever it was about. */
export const isTurnedAway = ({ kind }: Failure): boolean => kind === 'throttled' || kind === 'busy'

/** A model that takes too long is no cut: one case may be at fault. */
export function isUnreachable(error: unknown): boolean {
  const { code, said } = readError(error)
  const connecting = error instanceof Error && 'syscall' in error && error.syscall === 'connect'
  if (code === 'ETIMEDOUT') return connecting
  // The SDK’s own timeout of connecting has no code.
  if (code === '') return NOT_ESTABLISHED.test(said)
  return NOT_CONNECTED.test(code) || isBrokenOff(error)
}

/**
 * Whether what was sent may have been answered, and paid for: the connection broke once it stood, or
 * the answer did not come in time.
 */
export function mayBePaid(error: unknown): boolean {
  const { name, code } = readError(error)
  const timedOut =
    code === 'ETIMEDOUT' || name === 'TimeoutError' || name === 'ModelTimeoutException'
  if (isBrokenOff(error) || readStatus(error) === 408) return true
  return timedOut && !isUnreachable(error)
}

function isBrokenOff(error: unknown): boolean {
  return BROKEN_OFF.test(readError(error).code)
}

const answered = z.object({ $metadata: z.object({ httpStatusCode: z.number() }) })

/** The HTTP status; null where there was no answer. */
function readStatus(error: unknown): number | null {
  return answered.safeParse(error).data?.$metadata.httpStatusCode ?? null
}

function readError(error: unknown): { name: string; code: string; said: string } {
  if (!(error instanceof Error)) return { name: 'Error', code: '', said: String(error) }
  // An error of the connection has no name of its own, or “TimeoutError” whatever it was, but a code.
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const unnamed = UNNAMED.test(error.name) && code !== '' && code !== 'ETIMEDOUT'
  return { name: unnamed ? code : error.name, code, said: error.message.trim() }
}
