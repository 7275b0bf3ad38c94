import {
  AccessDeniedException,
  ModelTimeoutException,
  ResourceNotFoundException,
  ServiceUnavailableException,
  ThrottlingException,
  ValidationException,
} from '@aws-sdk/client-bedrock-runtime'
import { expect, test } from 'vitest'
import { classifyFailure } from './rules'

const said = { message: 'no', $metadata: {} }

test.each([
  [new AccessDeniedException(said), 'stop'],
  [new ValidationException(said), 'stop'],
  [new ResourceNotFoundException(said), 'stop'],
  [Object.assign(new Error('no'), { name: 'CredentialsProviderError' }), 'stop'],
  [Object.assign(new Error('no'), { name: 'UnrecognizedClientException' }), 'stop'],
  [Object.assign(new Error('no'), { name: 'ExpiredTokenException' }), 'stop'],
  [new ThrottlingException(said), 'throttled'],
  [new ModelTimeoutException(said), 'retry'],
  [new ServiceUnavailableException(said), 'retry'],
  [Object.assign(new Error('no'), { code: 'ECONNREFUSED' }), 'retry'],
])('%s: %s', (error, kind) => {
  expect(classifyFailure(error, 'some.model').kind).toBe(kind)
})

test('what stops a run names the model and what to do', () => {
  const { message } = classifyFailure(new AccessDeniedException(said), 'some.model')
  expect(message).toContain('some.model')
  expect(message).toContain('bedrock:InvokeModel')
})

test('a broken connection is named by its code', () => {
  const error = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
  expect(classifyFailure(error, 'm')).toEqual({
    kind: 'retry',
    name: 'ECONNREFUSED',
    message: 'ECONNREFUSED: connect',
  })
})
