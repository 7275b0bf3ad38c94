import { expect, test } from 'vitest'
import { hideInCase } from '@/lib/cases/redaction/outgoing/rules'
import { hideInExplanation } from './rules'

const SETTING = { on: true, fields: [], authors: false }
const CONTENT = {
  subject: 'Wrong invoice',
  messages: [
    {
      role: 'customer' as const,
      author: '',
      time: null,
      text: 'Write to ann@x.com, not bo@x.com.',
    },
  ],
}

test('an explanation has the placeholders of its case, and new ones for what is not in it', () => {
  const hidden = hideInCase({ content: CONTENT, metadata: {} }, SETTING)
  const said = 'The customer asks to write to bo@x.com, and once cy@x.com is named.'
  expect(hideInExplanation(said, hidden, SETTING)).toBe(
    'The customer asks to write to [EMAIL_2], and once [EMAIL_3] is named.',
  )
  expect(hideInExplanation(said, hidden, { ...SETTING, on: false })).toBe(said)
})
