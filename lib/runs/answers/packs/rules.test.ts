import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPack, splitPack } from './rules'

const categories = [
  { key: 'billing', name: 'Billing Inquiry' },
  { key: 'defect', name: 'Software Defect' },
]
const read = (raw: string, size = 2, stopReason: string | null = 'end_turn') =>
  readPack(raw, { size, form: 'xml', stopReason, categories }).map(({ reading, answer }) => ({
    reading,
    label: answer?.labelKey ?? null,
  }))
const response = (id: string, label: string) =>
  `<response id="${id}">\n<explanation>Why.</explanation>\n<classification>${label}</classification>\n</response>`
const billing = { reading: 'parsed', label: 'billing' }
const defect = { reading: 'parsed', label: 'defect' }

describe('an answer to a pack', () => {
  test('has one response for each case, whatever their order', () => {
    const inOrder = [response('1', 'Billing Inquiry'), response('2', 'Software Defect')]
    expect(read(`<responses>\n${inOrder.join('\n')}\n</responses>`)).toEqual([billing, defect])
    expect(read(`<responses>${inOrder.toReversed().join('')}</responses>`)).toEqual([
      billing,
      defect,
    ])
  })

  test('lacks a case that was left out, and one whose id is another’s', () => {
    expect(read(response('2', 'Software Defect'))).toEqual([
      { reading: 'absent', label: null },
      defect,
    ])
    expect(read(response('7', 'Software Defect'))).toEqual([
      { reading: 'absent', label: null },
      { reading: 'absent', label: null },
    ])
  })

  test('may hold a case twice: it counts where both say the same', () => {
    const twice = (second: string) =>
      response('1', 'Billing Inquiry') + response('1', second) + response('2', 'Software Defect')
    expect(read(twice('Billing Inquiry'))[0]).toEqual({ reading: 'duplicate', label: 'billing' })
    expect(read(twice('Software Defect'))[0]).toEqual({ reading: 'duplicate', label: null })
  })

  test('that was cut off keeps what was whole', () => {
    const cut = `<responses>${response('1', 'Billing Inquiry')}<response id="2"><explanation>It is`
    expect(read(cut, 3, 'max_tokens')).toEqual([
      billing,
      { reading: 'cut_off', label: null },
      { reading: 'cut_off', label: null },
    ])
  })

  test('that a filter stopped answers nobody', () => {
    expect(read('', 2, 'guardrail_intervened')).toEqual([
      { reading: 'refused', label: null },
      { reading: 'refused', label: null },
    ])
  })

  test('without ids is nobody’s: by their order alone nobody can tell', () => {
    const bare = '<response><classification>Billing Inquiry</classification></response>'
    expect(read(bare + bare)).toEqual([
      { reading: 'absent', label: null },
      { reading: 'absent', label: null },
    ])
  })
})

const said = { '1': 'Billing Inquiry', '2': 'Software Defect' }
test.each([
  [
    'ids as elements',
    '<responses><response><id>1</id><classification>Billing Inquiry</classification></response><response><id>2</id><classification>Software Defect</classification></response></responses>',
  ],
  [
    'a fence around',
    `\`\`\`xml\n<responses>${response('1', said['1'])}${response('2', said['2'])}</responses>\n\`\`\``,
  ],
  [
    'JSON',
    '{"answers": [{"id": "1", "explanation": "Why.", "classification": "Billing Inquiry"}, {"id": "2", "classification": "Software Defect"}]}',
  ],
  [
    'a JSON list with numbers for ids',
    '[{"id": 1, "classification": "Billing Inquiry"}, {"id": 2, "classification": "Software Defect"}]',
  ],
  [
    'objects in lines',
    '{"id": "1", "classification": "Billing Inquiry"}\n{"id": "2", "classification": "Software Defect"}',
  ],
  [
    'headings',
    'Case: 1\nExplanation: Why.\nClassification: Billing Inquiry\nCase: 2\nClassification: Software Defect',
  ],
  [
    'headings in bold',
    '**Case 1:**\nClassification: Billing Inquiry\n\n**Case 2:**\nClassification: Software Defect',
  ],
  [
    'missing end tags',
    '<response id="1"><classification>Billing Inquiry</classification><response id="2"><classification>Software Defect</classification>',
  ],
  [
    'quoted ids with the word case',
    '<response id="case-1"><classification>billing inquiry</classification></response><response id="case-2"><classification>software defect</classification></response>',
  ],
])('is read with %s', (_what, raw) => {
  expect(read(raw).map(({ label }) => label)).toEqual(['billing', 'defect'])
})

test('hostile answers are read in bounded time and never give a case another’s label', () => {
  const noise = fc.constantFrom(
    ...['<response id="1">', '</response>', '<response', '{"id": "2"', '{', '}', '"', '\\'],
    ...[
      '<classification>Software Defect</classification>',
      'Case: 1',
      '\n',
      '<id>',
      '</responses>',
    ],
  )
  fc.assert(
    fc.property(fc.array(noise, { maxLength: 60 }), (parts) => {
      const raw = parts.join('')
      expect(read(raw, 3)).toHaveLength(3)
      expect(splitPack(raw, 'json').every(({ text }) => text.length <= raw.length + 1)).toBe(true)
    }),
    { numRuns: 300 },
  )
  for (const unit of ['{"id":"1"', '<response id="1">', 'Case: 1\n', '{']) {
    expect(read(unit.repeat(20_000), 1)).toHaveLength(1)
  }
})

test('a case that stands alone needs no id', () => {
  const bare = '<response><classification>Billing Inquiry</classification></response>'
  expect(read(bare, 1)).toEqual([billing])
  expect(read('I would say billing.', 1)).toEqual([{ reading: 'missing', label: null }])
  expect(read(response('7', 'Software Defect'), 1)).toEqual([{ reading: 'absent', label: null }])
})

test('what PostgreSQL can’t keep does not come out of an answer', () => {
  const raw =
    '{"answers": [{"id": "1", "explanation": "a\\u0000b", "evidence": "\\ud800", "classification": "Other\\u0000"}]}'
  const [first] = readPack(raw, { size: 1, form: 'json', stopReason: null, categories })
  expect(first?.answer).toMatchObject({
    status: 'off_list',
    explanation: 'a\uFFFDb',
    evidence: '\uFFFD',
    labelText: 'Other\uFFFD',
  })
})
