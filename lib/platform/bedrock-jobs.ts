import {
  BedrockClient,
  CreateModelInvocationJobCommand,
  GetModelInvocationJobCommand,
  type GetModelInvocationJobCommandOutput,
  ListModelInvocationJobsCommand,
  StopModelInvocationJobCommand,
} from '@aws-sdk/client-bedrock'
import { env } from './env'

let client: BedrockClient | undefined

/** The one client of this process. Endpoint and credentials come from the AWS environment. */
function bedrockJobs(): BedrockClient {
  client ??= new BedrockClient({ region: env().AWS_REGION, maxAttempts: 6 })
  return client
}

export type NewJob = {
  /** The same for a repeated request: Bedrock then makes no second job. */
  token: string
  name: string
  modelId: string
  roleArn: string
  inputUri: string
  outputUri: string
  hours: number
}

/** Its ARN. Throws the SDK's own exceptions. */
export async function createJob(job: NewJob): Promise<string> {
  const { jobArn } = await bedrockJobs().send(
    new CreateModelInvocationJobCommand({
      jobName: job.name,
      clientRequestToken: job.token,
      modelId: job.modelId,
      roleArn: job.roleArn,
      modelInvocationType: 'Converse',
      inputDataConfig: { s3InputDataConfig: { s3InputFormat: 'JSONL', s3Uri: job.inputUri } },
      outputDataConfig: { s3OutputDataConfig: { s3Uri: job.outputUri } },
      timeoutDurationInHours: job.hours,
    }),
  )
  if (!jobArn) throw new Error('Bedrock made a batch job and did not say which.')
  return jobArn
}

/** The ARN of the job of this name; null where there is none. */
export async function findJob(name: string): Promise<string | null> {
  const { invocationJobSummaries } = await bedrockJobs().send(
    new ListModelInvocationJobsCommand({ nameContains: name, maxResults: 10 }),
  )
  return invocationJobSummaries?.find(({ jobName }) => jobName === name)?.jobArn ?? null
}

export function getJob(arn: string): Promise<GetModelInvocationJobCommandOutput> {
  return bedrockJobs().send(new GetModelInvocationJobCommand({ jobIdentifier: arn }))
}

/** Asks a job to stop; one that has ended meanwhile stays as it is. */
export async function stopJob(arn: string): Promise<void> {
  try {
    await bedrockJobs().send(new StopModelInvocationJobCommand({ jobIdentifier: arn }))
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ConflictException') throw error
  }
}
