import { z } from 'zod'

/** Everything the product reads from the environment. `docs/configuration.md` says what each is for. */
const schema = z.object({
  DATABASE_URL: z.string().min(1, 'DATABASE_URL is missing: start Closecall with `npm start`'),
  CLOSECALL_MODE: z.enum(['local', 'production']).default('local'),
  CLOSECALL_BEDROCK: z.enum(['local', 'aws']).default('local'),
  CLOSECALL_MODEL: z.string().optional(),
  NEXTAUTH_SECRET: z.string().min(16),
  NEXTAUTH_URL: z.url().default('http://127.0.0.1:3000'),
  CLOSECALL_BATCH_BUCKET: z
    .string()
    .regex(/^s3:\/\/[a-z0-9][a-z0-9.-]+(\/[\w!.*'()/-]+)?$/, 'is not like s3://bucket/folder')
    .transform((uri) => uri.replace(/\/+$/, ''))
    .optional(),
  CLOSECALL_BATCH_ROLE: z
    .string()
    .regex(/^arn:aws[\w-]*:iam::\d{12}:role\/.+$/, 'is not the ARN of a role')
    .optional(),
  CLOSECALL_BATCH_HOURS: z.coerce.number().int().min(24).max(168).default(24),
  CLOSECALL_BATCH_LEAST: z.coerce.number().int().min(1).default(100),
  CLOSECALL_BATCH_MOST: z.coerce.number().int().min(1).default(50_000),
  AWS_REGION: z.string().default('us-east-1'),
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().default('single sign-on'),
})

export type Env = z.infer<typeof schema>

let parsed: Env | undefined

/** The parsed environment. Throws with a sentence per wrong variable at the first call. */
export function env(): Env {
  if (!parsed) {
    const result = schema.safeParse(process.env)
    if (!result.success) {
      const lines = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
      throw new Error(`The environment is not right:\n${lines.join('\n')}`)
    }
    parsed = result.data
  }
  return parsed
}
