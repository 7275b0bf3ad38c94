/** What keeps a batch job from going on. */
export type BatchFailure = {
  /** Trying again changes nothing: somebody has to do what `message` says. */
  lasts: boolean
  message: string
}

const LASTING: Record<string, string> = {
  AccessDeniedException:
    'Allow what is missing: `npm run check` names it, with what to paste. Then start a new run.',
  AccessDenied:
    'Allow the worker to read and write there: `npm run check` names what is missing, with what to paste. Then start a new run.',
  NoSuchBucket: 'Check CLOSECALL_BATCH_BUCKET, restart Closecall, then start a new run.',
  ValidationException:
    'Check the version’s model, CLOSECALL_BATCH_BUCKET and CLOSECALL_BATCH_ROLE, then start a new run; or run it on demand.',
  ResourceNotFoundException:
    'Choose a model that Bedrock takes batch jobs for, or run it on demand.',
  ConflictException: 'Start a new run.',
}

const CREDENTIALS =
  /Credential|UnrecognizedClient|ExpiredToken|InvalidSignature|SignatureDoesNotMatch|InvalidAccessKeyId|InvalidClientTokenId|TokenRefreshRequired/

/** Whether AWS, or the way there, is at fault: any other error is the product's own. */
export function isOfAws(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return '$metadata' in error || CREDENTIALS.test(error.name) || /^E[A-Z]+$/.test(code)
}

/** Whether Bedrock says that it has no such job, or no longer. */
export function isForgotten(error: unknown): boolean {
  return error instanceof Error && error.name === 'ResourceNotFoundException'
}

export const FORGOTTEN =
  'Bedrock no longer knows this batch job. What it had written to S3 is kept; the rest was not asked, or can’t be had any more.'

/** Sorts what the SDK throws while a batch job is made; `doing` is what was being done. */
export function classifyBatchFailure(error: unknown, doing: string): BatchFailure {
  const name = error instanceof Error ? error.name : 'Error'
  const said = error instanceof Error ? error.message.trim() : String(error)
  const begin = `${doing} did not work: “${said === '' ? name : said}”`
  const help = LASTING[name]
  if (help) return { lasts: true, message: `${begin} ${help}` }
  if (CREDENTIALS.test(name)) {
    return {
      lasts: true,
      message: `${begin} Set AWS credentials for the worker as docs/aws.md says, restart it, then start a new run.`,
    }
  }
  return { lasts: false, message: `${begin} It is tried again.` }
}
