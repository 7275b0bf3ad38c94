import { expect, test } from 'vitest'
import { classifyFailure } from '@/lib/runs/failures/rules'
import { explainAsideFailure } from './rules'

const named = (name: string, message = 'said') => Object.assign(new Error(message), { name })
const explain = (error: Error) => explainAsideFailure(classifyFailure(error, 'some-model'))

test('what will fail again says what to set, and nothing of runs', () => {
  for (const name of [
    'AccessDeniedException',
    'ValidationException',
    'ResourceNotFoundException',
    'ServiceQuotaExceededException',
    'CredentialsProviderError',
  ]) {
    const sentence = explain(named(name))
    expect(sentence).toContain('“said”')
    expect(sentence).toMatch(/Then ask again\.$/)
    expect(sentence).not.toContain('run')
  }
})

test('what may work in a moment says to ask again', () => {
  expect(explain(named('ThrottlingException'))).toContain('in a minute')
  expect(explain(named('TimeoutError'))).toContain('within a minute')
  expect(explain(named('ECONNREFUSED', 'connect'))).toContain('ECONNREFUSED: connect')
})
