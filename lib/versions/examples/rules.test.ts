import { describe, expect, test } from 'vitest'
import type { Message } from '@/lib/cases/schema'
import { draftExplanation, draftForForm, readExampleCase, renderExampleCase } from './rules'

test('a promoted example starts with the subject and who said what', () => {
  const say = (role: Message['role'], text: string) => ({ role, author: 'x', time: null, text })
  expect(
    renderExampleCase({
      subject: ' Login fails ',
      messages: [
        say('customer', 'It <b>fails</b>\n'),
        say('agent', 'Fixed.'),
        say('system', 'Closed.'),
      ],
    }),
  ).toBe('Login fails\n\nCustomer: It <b>fails</b>\n\nAgent: Fixed.\n\nSystem: Closed.')
})

test.each([
  ['B', ' The agent says so. ', 'Classification should be A and not B. The agent says so.'],
  ['B', '', 'Classification should be A and not B.'],
  [null, 'See below.', 'Classification should be A, but not for the reason given. See below.'],
  ['A', '', 'Classification should be A, but not for the reason given.'],
])('explanation drafted from wrong label %s and note %j', (wrong, note, explanation) => {
  expect(draftExplanation({ right: 'A', wrong, note })).toBe(explanation)
})

describe('the way back to a case', () => {
  const say = (role: Message['role'], text: string) => ({ role, author: '', time: null, text })

  test('leads to who said what', () => {
    const content = {
      subject: 'Login fails',
      messages: [say('customer', 'It fails\n\nhere'), say('agent', 'Agent: fixed.')],
    }
    expect(readExampleCase(renderExampleCase(content))).toEqual(content)
    const untitled = { ...content, subject: '' }
    expect(readExampleCase(renderExampleCase(untitled))).toEqual(untitled)
  })

  test('takes a text that names nobody as one message', () => {
    expect(readExampleCase('… it fails\n\nevery day')).toEqual({
      subject: '',
      messages: [say('customer', '… it fails\n\nevery day')],
    })
  })
})

test.each([
  ['B', 'Their own\n setting. ', 'Their own setting.'],
  ['B', ' ', 'A case like this is A rather than B.'],
  [null, '', 'A case like this is A.'],
])('rule of one line drafted from wrong label %s and note %j', (wrong, note, rule) => {
  expect(draftForForm('corrected_with_rule', { right: 'A', wrong, note })).toBe(rule)
  expect(draftForForm('wrong_with_reason', { right: 'A', wrong, note })).toBe(
    draftExplanation({ right: 'A', wrong, note }),
  )
})
