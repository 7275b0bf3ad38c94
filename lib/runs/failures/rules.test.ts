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
import { classifyFailure, mayBePaid } from './rules'

const said = { message: 'no', $metadata: {} }

test.each([
  [new AccessDeniedException(said), 'stop'],
  [new ValidationException(said), 'refused'],
  [new ValidationException({ ...said, message: 'Operation not allowed' }), 'stop'],
  [
    new ValidationException({ ...said, message: 'The provided model identifier is invalid.' }),
    'stop',
  ],
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

// As the models of several makers say it.
test.each([
  ['Input is too long for requested model.', true],
  ['prompt is too long: 205000 tokens > 200000 maximum', true],
  ['input length and `max_tokens` exceed context limit: 198000 + 8000 > 200000', true],
  ['This model’s maximum context length is 128000 tokens.', true],
  ['Too many input tokens. Max input tokens: 8192, request input token count: 9000', true],
  ['max_tokens: 9999 > 8192, which is the maximum allowed number of output tokens', false],
  ['The maximum tokens you requested exceeds the model limit of 10000.', false],
  ['`temperature` is deprecated for this model.', false],
])('whether a prompt is too long: %s', (message, tooLong) => {
  const failure = classifyFailure(new ValidationException({ ...said, message }), 'm')
  expect(failure).toMatchObject({ kind: 'refused', tooLong })
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
  expect(mayBePaid(error)).toBe(brokenOff)
})

test.each<[string, Error, boolean]>([
  [
    'no answer in time',
    Object.assign(new Error('no answer'), { name: 'TimeoutError', code: 'ETIMEDOUT' }),
    true,
  ],
  [
    'nothing came over the connection any more',
    Object.assign(new Error('the request socket timed out'), { name: 'TimeoutError' }),
    true,
  ],
  [
    'nothing was read',
    Object.assign(new Error('read'), { code: 'ETIMEDOUT', syscall: 'read' }),
    true,
  ],
  ['the model took too long', new ModelTimeoutException(said), true],
  ['a 408', Object.assign(new Error('no'), { $metadata: { httpStatusCode: 408 } }), true],
  ['turned away', new ThrottlingException(said), false],
  ['refused', new ValidationException(said), false],
])('whether a call may have been paid for: %s', (_, error, paid) => {
  expect(mayBePaid(error)).toBe(paid)
})
