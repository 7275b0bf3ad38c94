/** What is to be checked, as the product itself reads it from the environment. */
export type CheckSettings = {
  region: string
  modelId: string
  /** Null: no batch jobs are set up. */
  batch: { bucket: string; prefix: string; roleArn: string } | null
}

/** Throws with a sentence for the person. */
export function readCheckSettings(
  env: Readonly<Record<string, string | undefined>>,
  modelId?: string,
): CheckSettings {
  const model = modelId ?? env.CLOSECALL_MODEL
  if (!model) {
    throw new Error(
      'Which model? Name it: npm run check -- us.anthropic.claude-sonnet-4-6, or set CLOSECALL_MODEL.',
    )
  }
  const region = env.AWS_REGION ?? 'us-east-1'
  const { CLOSECALL_BATCH_BUCKET: uri, CLOSECALL_BATCH_ROLE: roleArn } = env
  if (!uri && !roleArn) return { region, modelId: model, batch: null }
  const place = /^s3:\/\/([^/]+)\/?(.*?)\/?$/.exec(uri ?? '')
  if (!place || !roleArn) {
    throw new Error(
      'Batch jobs need both CLOSECALL_BATCH_BUCKET (s3://bucket/folder) and CLOSECALL_BATCH_ROLE (the ARN of a role): see docs/aws.md.',
    )
  }
  const [, bucket = '', prefix = ''] = place
  return { region, modelId: model, batch: { bucket, prefix, roleArn } }
}
