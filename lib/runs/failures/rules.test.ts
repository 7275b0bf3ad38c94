import {
  AccessDeniedException,
  InternalServerException,
  ModelNotReadyException,
  ModelTimeoutException,
  ResourceNotFoundException,
  ServiceUnavailableException,
  ThrottlingException,
  ValidationException,
} from '@aws-sdk/client-bedrock-runtime'
import { expect, test } from 'vitest'
import { classifyFailure, isBrokenOff } from './rules'

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
  [new ServiceUnavailableException(said), 'busy'],
  [new ModelNotReadyException(said), 'busy'],
  [Object.assign(new Error('no'), { $metadata: { httpStatusCode: 503 } }), 'busy'],
  [new InternalServerException(said), 'retry'],
  [Object.assign(new Error('slow'), { name: 'TimeoutError', code: 'ETIMEDOUT' }), 'retry'],
  [Object.assign(new Error('no'), { name: 'AbortError' }), 'retry'],
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
    kind: 'unreachable',
    name: 'ECONNREFUSED',
    message: 'ECONNREFUSED: connect',
  })
})

// As Node and the SDK's HTTP handler make them: the SDK calls broken connections a TimeoutError.
test.each([
  ['nobody listens', { code: 'ECONNREFUSED', syscall: 'connect' }, false],
  ['the name is not known', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }, false],
  ['the name server is away', { code: 'EAI_AGAIN', syscall: 'getaddrinfo' }, false],
  ['no way there', { code: 'ENETUNREACH', syscall: 'connect' }, false],
  [
    'nothing comes back to a connection',
    { name: 'TimeoutError', code: 'ETIMEDOUT', syscall: 'connect' },
    false,
  ],
  [
    'the request socket did not establish a connection with the server within the configured timeout of 5000 ms.',
    { name: 'TimeoutError' },
    false,
  ],
  ['read ECONNRESET', { name: 'TimeoutError', code: 'ECONNRESET', syscall: 'read' }, true],
  ['write EPIPE', { name: 'TimeoutError', code: 'EPIPE', syscall: 'write' }, true],
  ['socket hang up', { name: 'TimeoutError', code: 'ECONNRESET' }, true],
])('%s: Bedrock can’t be reached', (message, properties, brokenOff) => {
  const error = Object.assign(new Error(message), properties)
  expect(classifyFailure(error, 'm').kind).toBe('unreachable')
  expect(isBrokenOff(error)).toBe(brokenOff)
})
