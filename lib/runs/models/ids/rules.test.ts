import { expect, test } from 'vitest'
import { STAND_IN_WINDOWS } from '../rules'
import { isModelId } from './rules'

test.each([
  'anthropic.claude-3-5-sonnet-20241022-v2:0',
  'anthropic.claude-3-haiku-20240307-v1:0:200k',
  'us.anthropic.claude-sonnet-4-6',
  'global.amazon.nova-2-lite-v1:0',
  'moonshotai.kimi-k2.5',
  'arn:aws:bedrock:eu-central-1::foundation-model/mistral.mistral-large-2402-v1:0',
  'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6',
  'arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:provisioned-model/abcdef012345',
  ...Object.keys(STAND_IN_WINDOWS),
])('%s is the name of a model', (id) => expect(isModelId(id)).toBe(true))

test.each([
  'nonsense !!',
  'nonsense',
  '',
  'claude sonnet 4.6',
  '.claude',
  'anthropic.',
  'anthropic..claude',
  'arn:aws:s3:::bucket/key',
  'arn:aws:bedrock:us-east-1:123:inference-profile/x',
])('“%s” is none', (id) => expect(isModelId(id)).toBe(false))
