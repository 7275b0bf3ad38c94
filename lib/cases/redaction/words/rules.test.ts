import { expect, test } from 'vitest'
import { tellKinds } from './rules'

test('counts by kind, in one order', () => {
  expect(tellKinds(['iban', 'email', 'author', 'email'])).toBe(
    '2 e-mail addresses, 1 IBAN, 1 author’s name',
  )
  expect(tellKinds([])).toBe('')
})
