import fc from 'fast-check'
import { expect, test } from 'vitest'
import { namePlaceholder, restoreText, startNumbering } from './rules'

test('a field is called by its name, in letters that a model can repeat', () => {
  expect(namePlaceholder('Account id')).toBe('ACCOUNT_ID')
  expect(namePlaceholder('kunde (name)')).toBe('KUNDE_NAME')
  expect(namePlaceholder('顧客')).toBe('顧客')
  expect(namePlaceholder('---')).toBe('FIELD')
})

test('numbers that stand in any of the texts are not given again', () => {
  const { give } = startNumbering(['see [EMAIL_2]', 'and [ACCOUNT_ID_7]'])
  expect(give('email', 'email', 'a@x.com')).toBe('[EMAIL_3]')
  expect(give('field', 'account id', '882')).toBe('[ACCOUNT_ID_8]')
})

test('a value keeps its placeholder however it is written, and every way of writing is kept', () => {
  const { give, list } = startNumbering([])
  for (const phone of ['+1 415 555 2671', '+14155552671', '+1 415 555 2671']) {
    expect(give('phone', 'phone', phone)).toBe('[PHONE_1]')
  }
  expect(list()).toEqual([
    {
      ...{ placeholder: '[PHONE_1]', kind: 'phone', times: 3 },
      values: ['+1 415 555 2671', '+14155552671'],
    },
  ])
})

test('what a model wrote is written back as the source has it', () => {
  const { give, list } = startNumbering([])
  give('phone', 'phone', '+1 415 555 2671')
  give('phone', 'phone', '+14155552671')
  give('email', 'email', 'a@x.com')
  const source = 'Mail a@x.com or call +14155552671.'
  expect(restoreText('[EMAIL_1] or call [PHONE_1]', list(), [source])).toBe(
    'a@x.com or call +14155552671',
  )
  expect(restoreText('call [PHONE_1], not [PHONE_2]', list(), [source])).toBe(
    'call +1 415 555 2671, not [PHONE_2]',
  )
})

test('a value that looks like a placeholder is not taken for one', () => {
  const replaced = [
    { placeholder: '[CUSTOMER_1]', kind: 'field' as const, values: ['[EMAIL_1]'], times: 1 },
    { placeholder: '[EMAIL_1]', kind: 'email' as const, values: ['a@x.com'], times: 1 },
  ]
  expect(restoreText('[CUSTOMER_1] and [EMAIL_1]', replaced)).toBe('[EMAIL_1] and a@x.com')
})

test('many ways of writing many values end soon', () => {
  const replaced = Array.from({ length: 40 }, (_, i) => ({
    ...{ placeholder: `[PHONE_${i + 1}]`, kind: 'phone' as const, times: 9 },
    values: Array.from({ length: 9 }, (_, way) => `${i}-${way}`),
  }))
  const text = replaced.map(({ placeholder }) => placeholder).join(' ')
  expect(restoreText(text, replaced, ['no such'])).not.toContain('[')
})

test('whatever is given is written back', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { maxLength: 6 }),
      (values) => {
        const { give, list } = startNumbering(values)
        const text = values.map((value) => give('secret', 'secret', value)).join('|')
        expect(restoreText(text, list())).toBe(values.join('|'))
      },
    ),
  )
})
