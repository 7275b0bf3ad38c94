import {
  BedrockRuntimeClient,
  ConverseCommand,
  type ConverseCommandInput,
  type ConverseCommandOutput,
} from '@aws-sdk/client-bedrock-runtime'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import { env } from './env'

const CALL_TIMEOUT_MS = 120_000
/** For all runs, studies and experiments of a worker together: a call that waits for one counts as cut off. */
const CONNECTIONS = 1_024

let client: BedrockRuntimeClient | undefined

/** The one client of this process. The endpoint and credentials come from the AWS environment. */
function bedrock(): BedrockRuntimeClient {
  client ??= new BedrockRuntimeClient({
    region: env().AWS_REGION,
    // Not adaptive: its hidden limit of the rate would stand behind the one that runs adapt in the open,
    // and slow down people who try a prompt while a run is throttled.
    retryMode: 'standard',
    maxAttempts: 3,
    // The client's own default speaks HTTP/2, which servers on this machine don't.
    requestHandler: new NodeHttpHandler({
      requestTimeout: CALL_TIMEOUT_MS,
      throwOnRequestTimeout: true,
      connectionTimeout: 5_000,
      httpsAgent: { maxSockets: CONNECTIONS },
      httpAgent: { maxSockets: CONNECTIONS },
    }),
  })
  return client
}

/** True where answers come from the local stand-in, which is not a language model. */
export const isStandIn = (): boolean => env().CLOSECALL_BEDROCK === 'local'

/**
 * One Converse call, retried by the SDK as Bedrock asks for; `hear` is told of each try that failed,
 * also where a later one did not. Throws the SDK's own exceptions.
 */
export function converse(
  input: ConverseCommandInput,
  signal?: AbortSignal,
  hear?: (failedTry: unknown) => void,
): Promise<ConverseCommandOutput> {
  const command = new ConverseCommand(input)
  if (hear) {
    command.middlewareStack.add(
      (next) => async (args) => {
        try {
          return await next(args)
        } catch (error) {
          hear(error)
          throw error
        }
      },
      // Within the SDK's own retries, which stand at the front of this step.
      { step: 'finalizeRequest', priority: 'low', name: 'hearOfFailedTries' },
    )
  }
  return bedrock().send(command, { abortSignal: signal })
}
