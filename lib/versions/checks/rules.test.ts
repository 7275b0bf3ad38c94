import { describe, expect, test } from 'vitest'
import type { VersionParts } from '../rules'
import { blocks, checkDraft, createDraftChecker } from './rules'
import type { Check, CheckFacts } from './schema'

type Example = VersionParts['examples'][number]

const SAID = 'The nightly export to our warehouse stops at half past two since the last update'

function example(id: string, change: Partial<Example> = {}): Example {
  return {
    id,
    kind: 'good',
    caseId: `case ${id}`,
    externalId: `T-${id}`,
    subject: '',
    reviewId: null,
    text: `Nothing like example ${id} at all, ${id} times`,
    labelId: 'a',
    wrongLabelId: null,
    explanation: 'Because.',
    enabled: true,
    position: 0,
    flagged: false,
    ...change,
  }
}

const draft: VersionParts = {
  persona: 'You sort cases.',
  rules: 'The first that fits.',
  categories: [
    { categoryId: 'a', key: 'a', name: 'Alpha', description: 'first' },
    { categoryId: 'b', key: 'b', name: 'Beta', description: 'second' },
  ],
  examples: [example('1'), example('2', { labelId: 'b' })],
  answerFormat: { kind: 'xml', sample: 'short' },
  badExampleForm: 'wrong_with_reason',
  model: { modelId: 'm', maxTokens: 500, temperature: null },
  template: 'xml',
  similarExamples: 0,
  packSize: 1,
}

const facts: CheckFacts = {
  outsidePool: [],
  nearJudging: [],
  removedCategories: [],
  modelId: 'm',
  window: 32_000,
  missingModels: [],
  usualCase: 4_000,
}

const with_ = (change: Partial<VersionParts>, known: CheckFacts | null = facts) =>
  checkDraft({ ...draft, ...change }, known)

/** What is told of each finding in one line. */
const tell = ({ kind, level, place, relatedId, fix }: Check) =>
  [
    level,
    kind,
    Object.values(place).join(' '),
    ...(relatedId ? [`with ${relatedId}`] : []),
    ...(fix ? [fix.do] : []),
  ].join(', ')

test('a whole draft has nothing to mend, also before the server has answered', () => {
  expect(with_({})).toEqual([])
  expect(with_({}, null)).toEqual([])
})

const [one, two] = draft.examples as [Example, Example]

test.each<[string, Partial<VersionParts>, string[]]>([
  ['no categories', { categories: [], examples: [] }, ['blocks, no_categories, categories']],
  ['no good example at all', { examples: [] }, ['warns, no_good_example, examples']],
  [
    'a category without a good example',
    { examples: [one] },
    ['warns, no_good_example, category b'],
  ],
  [
    'one whose only good example is switched off',
    { examples: [one, { ...two, enabled: false }] },
    ['warns, no_good_example, category b'],
  ],
  [
    'a label that is no category here',
    { examples: [one, two, example('3', { labelId: 'gone' })] },
    ['blocks, unknown_label, example 3, switch_off'],
  ],
  [
    'a wrong label that is none',
    { examples: [one, two, example('3', { kind: 'bad', wrongLabelId: 'gone' })] },
    ['blocks, unknown_label, example 3, switch_off'],
  ],
  [
    'the same switched off',
    { examples: [one, two, example('3', { labelId: 'gone', text: '', enabled: false })] },
    [],
  ],
  [
    'an example without text',
    { examples: [one, two, example('3', { text: ' \n' })] },
    ['blocks, no_text, example 3, switch_off'],
  ],
  [
    'opposite labels of near-identical texts',
    {
      examples: [
        { ...one, text: SAID },
        { ...two, text: `Customer: ${SAID} please` },
      ],
    },
    ['blocks, contradiction, example 2, with 1'],
  ],
  [
    'the same label of near-identical texts',
    { examples: [{ ...one, text: SAID }, two, example('3', { text: SAID.toUpperCase() })] },
    ['warns, near_duplicate, example 3, with 1, switch_off'],
  ],
  [
    'one case twice, shortened in two ways',
    { examples: [one, two, example('3', { caseId: one.caseId })] },
    ['warns, near_duplicate, example 3, with 1, switch_off'],
  ],
  [
    'one case twice with two labels',
    { examples: [one, two, example('3', { caseId: two.caseId })] },
    ['blocks, contradiction, example 3, with 2'],
  ],
  [
    'a review that was taken back',
    { examples: [one, { ...two, flagged: true }] },
    ['warns, flagged, example 2, switch_off'],
  ],
  [
    'personal data in an example, in its text or in why',
    {
      examples: [
        { ...one, text: `${SAID}, write to ann@example.com` },
        { ...two, explanation: 'She is ann@example.com' },
      ],
    },
    ['warns, sensitive, example 1, redact', 'warns, sensitive, example 2, redact'],
  ],
  [
    'personal data in what people wrote',
    { rules: 'Ask ann@example.com' },
    ['warns, sensitive, rules'],
  ],
  ['an empty persona', { persona: ' ' }, ['warns, empty, persona']],
  ['empty rules', { rules: '' }, ['warns, empty, rules']],
  [
    'an empty description',
    { categories: draft.categories.map((all) => ({ ...all, description: '' })) },
    ['warns, empty, category a', 'warns, empty, category b'],
  ],
  [
    'a tag of the prompt in an example',
    { examples: [one, { ...two, text: 'It says </example><rules> here' }] },
    ['warns, tag, example 2'],
  ],
  ['a tag of the prompt in a field', { persona: 'You.</persona>' }, ['warns, tag, persona']],
  ['a tag that is never closed', { rules: 'See <context> here' }, ['warns, tag, rules']],
])('%s', (_, change, told) => {
  expect(with_(change).map(tell)).toEqual(told)
})

describe('what only the server knows', () => {
  test('blocks examples from elsewhere and those near what versions are judged by', () => {
    const found = with_({}, { ...facts, outsidePool: ['1'], nearJudging: ['2'] })
    expect(found.map(tell)).toEqual([
      'blocks, outside_pool, example 1, switch_off',
      'blocks, near_judging, example 2, switch_off',
    ])
  })

  test('blocks categories that were removed in the settings', () => {
    const found = with_({}, { ...facts, removedCategories: ['b', 'gone before'] })
    expect(found.map(tell)).toEqual(['blocks, removed_category, category b'])
  })

  test.each([
    ['no room for a case', { window: 1_000 }, {}, ['blocks, no_room, settings']],
    ['little room', { window: 2_200 }, {}, ['warns, little_room, settings']],
    [
      'room that similar examples take',
      { window: 3_000 },
      { similarExamples: 5 as const },
      ['warns, little_room, settings'],
    ],
    ['the same room without them', { window: 3_000 }, {}, []],
    ['nobody knows what is usual', { window: 2_200, usualCase: null }, {}, []],
    [
      'a model that is not there',
      { missingModels: [{ modelId: 'm', sentence: '“m” is no model.' }] },
      {},
      ['blocks, no_model, settings'],
    ],
    [
      'a model that was not there before it was changed',
      { missingModels: [{ modelId: 'other', sentence: '“other” is no model.' }] },
      {},
      [],
    ],
    ['the window of another model', { window: 10, modelId: 'other' }, {}, []],
    ['a long prompt', {}, { rules: 'word '.repeat(14_000) }, ['warns, long_prompt, settings']],
  ])('%s', (_, known, change, told) => {
    expect(with_(change, { ...facts, ...known }).map(tell)).toEqual(told)
  })
})

test('blocking ones come first', () => {
  const found = with_({ persona: '', examples: [one, { ...two, text: '' }] })
  expect(found.map(blocks)).toEqual([true, false])
})

test('sentences name what they are about, and what the model reads of a tag', () => {
  const [tag] = with_({ rules: 'First </rules> then' })
  expect(tag?.sentence).toContain('</rules>')
  expect(tag?.sentence).toContain('&lt;/rules>')
  const [secret] = with_({ examples: [{ ...one, text: 'ann@example.com or 192.168.17.4' }, two] })
  expect(secret?.sentence).toBe(
    'Example T-1 has what looks like an e-mail address and an IP address.',
  )
})

test('a checker that remembers says what a new one says, whatever was there before', () => {
  const check = createDraftChecker()
  const courses: Partial<VersionParts>[] = [
    {},
    {
      examples: [
        { ...one, text: SAID },
        { ...two, text: SAID },
      ],
    },
    { examples: [{ ...one, text: SAID }, two] },
    { template: 'inst', examples: [{ ...one, text: '[/INST] </example>' }, two] },
    { template: 'json', examples: [{ ...one, text: '[/INST] </example>' }, two] },
    { examples: [{ ...one, text: '[/INST] </example>' }, two] },
    {},
  ]
  for (const change of courses) {
    expect(check({ ...draft, ...change }, facts)).toEqual(with_(change))
  }
})

test('many examples alike are named once each', () => {
  const examples = Array.from({ length: 30 }, (_, n) =>
    example(`e${n}`, { text: SAID, labelId: n % 2 === 0 ? 'a' : 'b' }),
  )
  const found = with_({ examples })
  expect(found.filter(({ kind }) => kind === 'contradiction')).toHaveLength(29)
  expect(found.filter(({ kind }) => kind === 'near_duplicate')).toHaveLength(28)
})
