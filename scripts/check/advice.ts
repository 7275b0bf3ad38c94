import type { CheckSettings } from './settings'

/** What can be missing, by the name under which IAM grants it. */
export type Permission =
  | 'bedrock:InvokeModel'
  | 's3:PutObject'
  | 's3:GetObject'
  | 's3:ListBucket'
  | 'bedrock:ListModelInvocationJobs'
  | 'bedrock:GetModelInvocationJob'
  | 'bedrock:StopModelInvocationJob'
  | 'bedrock:CreateModelInvocationJob'
  | 'iam:PassRole'

const ACCOUNT = 'ACCOUNT_ID'

/** A statement for the policy of the worker's credentials that grants one permission and no more. */
export function writeStatement(permission: Permission, settings: CheckSettings): string {
  const statement = {
    Effect: 'Allow',
    Action: permission,
    Resource: nameResource(permission, settings),
    ...(permission === 'iam:PassRole'
      ? { Condition: { StringEquals: { 'iam:PassedToService': 'bedrock.amazonaws.com' } } }
      : {}),
  }
  return JSON.stringify(statement, null, 2)
}

function nameResource(permission: Permission, settings: CheckSettings): string | string[] {
  const { region, batch } = settings
  const account = batch?.roleArn.split(':')[4] ?? ACCOUNT
  const bucket = `arn:aws:s3:::${batch?.bucket ?? 'BUCKET'}`
  const jobs = `arn:aws:bedrock:${region}:${account}:model-invocation-job/*`
  switch (permission) {
    case 'bedrock:InvokeModel':
      return nameModel(settings, account)
    case 's3:PutObject':
    case 's3:GetObject':
      return `${bucket}/${batch?.prefix ? `${batch.prefix}/` : ''}*`
    case 's3:ListBucket':
      return bucket
    case 'bedrock:GetModelInvocationJob':
    case 'bedrock:StopModelInvocationJob':
      return jobs
    case 'bedrock:CreateModelInvocationJob':
      return [...nameModel(settings, account), jobs]
    case 'bedrock:ListModelInvocationJobs':
      return '*'
    case 'iam:PassRole':
      return batch?.roleArn ?? 'ROLE_ARN'
  }
}

/** An inference profile is asked for by its own name, and hands on to the model in several regions. */
function nameModel({ modelId, region }: CheckSettings, account: string): string[] {
  if (modelId.startsWith('arn:')) return [modelId]
  const profile = /^(?:us|eu|apac|jp|au|ca|sa|us-gov|global)\.(.+)$/.exec(modelId)
  return profile
    ? [
        `arn:aws:bedrock:${region}:${account}:inference-profile/${modelId}`,
        `arn:aws:bedrock:*::foundation-model/${profile[1]}`,
      ]
    : [`arn:aws:bedrock:${region}::foundation-model/${modelId}`]
}

/** Who may take the role of batch jobs: Bedrock, for this account. */
export function writeTrust({ region, batch }: CheckSettings): string {
  const account = batch?.roleArn.split(':')[4] ?? ACCOUNT
  return JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'bedrock.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: {
            StringEquals: { 'aws:SourceAccount': account },
            ArnEquals: {
              'aws:SourceArn': `arn:aws:bedrock:${region}:${account}:model-invocation-job/*`,
            },
          },
        },
      ],
    },
    null,
    2,
  )
}

/** What the role of batch jobs may do: read records and write answers below the folder. */
export function writeRolePolicy({ batch }: CheckSettings): string {
  const bucket = `arn:aws:s3:::${batch?.bucket ?? 'BUCKET'}`
  const below = batch?.prefix ? `${batch.prefix}/` : ''
  return JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['s3:GetObject', 's3:PutObject'],
          Resource: `${bucket}/${below}*`,
        },
        { Effect: 'Allow', Action: 's3:ListBucket', Resource: bucket },
      ],
    },
    null,
    2,
  )
}
