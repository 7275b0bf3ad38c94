import { expect, test } from 'vitest'
import { readPinned, restoreSaid } from './rules'

const replaced = [
  {
    ...{ placeholder: '[EMAIL_1]', kind: 'email' as const, times: 2 },
    values: ['ann@x.com', 'ANN@x.com'],
  },
]
const content = {
  subject: '',
  messages: [
    { author: '', role: 'customer' as const, time: null, text: 'Hi. Write to ANN@x.com today.' },
  ],
}

test('a quotation is written back as it stands in the case, an explanation as it was first written', () => {
  const said = { status: 'parsed', evidence: 'Write to [EMAIL_1]', explanation: '[EMAIL_1] asks.' }
  expect(restoreSaid(said, replaced, content)).toEqual({
    ...{ status: 'parsed', evidence: 'Write to ANN@x.com', explanation: 'ann@x.com asks.' },
  })
})

test('where nothing was replaced, what looks like a placeholder is what the case says', () => {
  const said = { evidence: 'Write to [EMAIL_1]' }
  expect(restoreSaid(said, [], content)).toBe(said)
})

test('a failed answer stays what it is', () => {
  const failed: { status: string; evidence?: string } = { status: 'failed' }
  expect(restoreSaid(failed, replaced, content)).toEqual({ status: 'failed' })
})

test('a run without a setting replaced nothing', () => {
  expect(readPinned(null).on).toBe(false)
  expect(readPinned({ on: true, fields: ['a'], authors: false })).toEqual({
    ...{ on: true, fields: ['a'], authors: false },
  })
})
