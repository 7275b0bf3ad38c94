import { expect, test } from 'vitest'
import { LONGEST_RULE } from '../schema'
import { draftFromTemplate, findTellingWords } from './rules'

const material = {
  suggested: 'Defect',
  right: 'Billing',
  notes: ['The invoice was wrong, not the product', 'Asked for a refund of the invoice'],
  otherNotes: ['The product crashed', 'A product manual was asked for'],
  precedents: ['A double charge is billing even where a bug caused it.'],
}
const home = { rules: 'In order.', description: 'Charges.' }

test('the words that notes of this pair share, and those of others do not, are telling', () => {
  const { notes, otherNotes } = material
  expect(findTellingWords(notes, otherNotes, ['Defect', 'Billing'])[0]).toBe('invoice')
  expect(findTellingWords(notes, otherNotes, ['Invoice'])).not.toContain('invoice')
  expect(findTellingWords(notes, otherNotes, [])).not.toContain('product')
  expect(findTellingWords([], otherNotes, [])).toEqual([])
})

test('a precedent comes first, then what notes have in common, then the pair; never the same twice', () => {
  const drafted: string[] = []
  for (;;) {
    const rule = draftFromTemplate(material, home, drafted)
    if (!rule) break
    drafted.push(rule.text)
  }
  expect(drafted).toHaveLength(3)
  expect(drafted[0]).toBe(material.precedents[0])
  expect(drafted[1]).toContain('Not Defect')
  expect(drafted[1]).toContain('“invoice”')
  expect(drafted[2]).toContain('Where both Defect and Billing seem to fit')
})

test('a precedent that the rules have already is not proposed', () => {
  const rules = `In order.\n${material.precedents[0]}`
  expect(draftFromTemplate(material, { ...home, rules }, [])?.target).toBe('description')
})

test('a precedent longer than a rule is passed over', () => {
  const long = { ...material, precedents: ['x'.repeat(LONGEST_RULE + 1)] }
  expect(draftFromTemplate(long, home, [])?.text).toContain('Not Defect')
})
