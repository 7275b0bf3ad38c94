/** The errors that Bedrock's runtime calls can answer with, and their HTTP status. */
export const ERROR_STATUS = {
  ValidationException: 400,
  ServiceQuotaExceededException: 400,
  ConflictException: 400,
  AccessDeniedException: 403,
  UnrecognizedClientException: 403,
  ResourceNotFoundException: 404,
  UnknownOperationException: 404,
  ModelTimeoutException: 408,
  ModelErrorException: 424,
  ModelNotReadyException: 429,
  ThrottlingException: 429,
  InternalServerException: 500,
  ServiceUnavailableException: 503,
} as const

export type ErrorName = keyof typeof ERROR_STATUS

/** What the service says, in its own words, where no better message is at hand. */
const MESSAGES: Record<ErrorName, string> = {
  ValidationException: 'The provided request is not valid',
  ServiceQuotaExceededException: 'Your request exceeds the service quota for your account.',
  ConflictException: 'Error occurred because of a conflict while performing an operation.',
  AccessDeniedException: "You don't have access to the model with the specified model ID.",
  UnrecognizedClientException: 'The security token included in the request is invalid.',
  ResourceNotFoundException: 'The requested resource was not found.',
  UnknownOperationException: 'The requested operation is not recognized by the service.',
  ModelTimeoutException: 'Model has timed out in processing the request. Try your request again.',
  ModelErrorException: 'The model returned an error while processing the request.',
  ModelNotReadyException:
    'The model specified in the request is not ready to serve inference requests.',
  ThrottlingException: 'Too many requests, please wait before trying again.',
  InternalServerException:
    'The system encountered an unexpected error during processing. Try your request again.',
  ServiceUnavailableException: 'Bedrock is unable to process your request.',
}

/** Thrown by an action, sent by the server in the SDK's error shape. */
export class BedrockError extends Error {
  constructor(
    override readonly name: ErrorName,
    message: string = MESSAGES[name],
  ) {
    super(message)
  }

  get status(): number {
    return ERROR_STATUS[this.name]
  }
}

export function isErrorName(name: string): name is ErrorName {
  return Object.hasOwn(ERROR_STATUS, name)
}
