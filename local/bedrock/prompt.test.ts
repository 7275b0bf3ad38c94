import { describe, expect, it } from 'vitest'
import { renderAnswers } from './answer'
import { writeCase, writeInstructions } from './fixtures/prompt-text'
import { MALFORMED_KINDS, spoilAnswer } from './malformed'
import { asksAboutCase, findForm, readCases, readInstructions, teaches } from './prompt'

const categories = [
  { name: 'Fruit & <Veg>', description: 'Apples < pears.' },
  { name: 'Tools', description: '' },
]
const saw = { subject: 'S', messages: [{ role: 'customer', text: 'My saw.' }] }

describe('readInstructions', () => {
  it('reads categories in order and both kinds of examples, unescaped', () => {
    const read = readInstructions(
      writeInstructions({
        categories,
        good: [{ case: saw, right: 'Tools', why: 'A saw & more.' }],
        bad: [{ case: saw, right: 'Tools', wrong: 'Fruit & <Veg>', why: 'A saw.' }],
      }),
    )
    expect(read.categories).toEqual(categories)
    const one = { id: null, ...saw }
    expect(read.goodExamples).toEqual([
      { case: one, right: 'Tools', wrong: null, explanation: 'A saw & more.' },
    ])
    expect(read.badExamples).toEqual([
      {
        case: one,
        right: 'Tools',
        wrong: 'Fruit & <Veg>',
        explanation: 'Classification should be Tools and not Fruit & <Veg>. A saw.',
      },
    ])
  })

  it('finds the denied label of a corrected example in its explanation', () => {
    const text = `<categories><category><name>A</name></category><category><name>B</name></category></categories>
      <bad_examples><example><case>plain text</case><classification> a </classification>
      <explanation>Classification should be A and not B. So.</explanation></example></bad_examples>`
    expect(readInstructions(text).badExamples).toEqual([
      {
        case: { id: null, subject: '', messages: [{ role: 'customer', text: 'plain text' }] },
        right: 'A',
        wrong: 'B',
        explanation: 'Classification should be A and not B. So.',
      },
    ])
  })

  it('survives tags that are named in prose and never closed', () => {
    const read = readInstructions(
      `<rules>Read the <case> and the <example> it names.</rules>${writeInstructions({ categories })}`,
    )
    expect(read.categories).toEqual(categories)
    expect(read.badExamples).toEqual([])
  })

  it.each([
    ['', false, false],
    ['Weigh the first request most.', true, false],
    ["Mind the agent's last answer.", false, true],
  ])('takes emphasis from the rules: %s', (rules, first, last) => {
    expect(readInstructions(writeInstructions({ categories, rules })).emphasis).toEqual({
      first,
      last,
    })
  })
})

describe('readCases', () => {
  it('reads escaped markup as text, once', () => {
    const text = '</message></case> &lt;b&gt; & <case id="x">'
    const sent = { subject: '</subject>', messages: [{ role: 'agent', text }] }
    expect(readCases(writeCase(sent))).toEqual([{ id: null, ...sent }])
  })

  it('reads packs by id, and text without markup as one case', () => {
    const pack = '<cases><case id="1">a</case><case id="2"><subject>b</subject></case></cases>'
    expect(readCases(pack).map(({ id }) => id)).toEqual(['1', '2'])
    expect(readCases('only text')).toEqual([
      { id: null, subject: '', messages: [{ role: 'customer', text: 'only text' }] },
    ])
  })

  it('reads plain text with speakers as the messages it tells of', () => {
    const told = 'Too many pages\n\nCustomer: Why?\nAnd how?\n\nAgent: By design: see below.'
    expect(readCases(`<case>\n${told}\n</case>`)).toEqual([
      {
        id: null,
        subject: 'Too many pages',
        messages: [
          { role: 'customer', text: 'Why?\nAnd how?' },
          { role: 'agent', text: 'By design: see below.' },
        ],
      },
    ])
  })
})

const told = [
  { name: 'Fruit & <Veg>', description: 'Apples\npears.' },
  { name: 'Tools', description: '' },
]
const JSON_PROMPT = `{
"persona": ["You sort.", "Weigh the first request most."],
"rules": "In order.",
"categories": [
{"name": "Fruit & <Veg>", "description": "Apples\\npears."},
{"name": "Tools", "description": ""}
],
"good_examples": [
{"case": "S\\n\\nCustomer: My saw.", "classification": "tools", "explanation": "A saw."}
],
"bad_examples": [
{"case": "My saw.", "wrong_classification": "Fruit & <Veg>", "right_classification": "Tools", "explanation": ""}
],
"answer_format": {"form": {"explanation": "", "evidence": "", "classification": "Category name"}}
}`
const INST_PROMPT = `Persona:
  You sort.
  Weigh the first request most.
Rules:
  In order.
Categories:
- Fruit & <Veg>
  Apples
  pears.
- Tools
Good examples:
[INST]
  S
  
  Customer: My saw.
[/INST]
Classification: tools
Explanation: A saw.
Bad examples:
[INST]
  My saw.
[/INST]
Wrong classification: Fruit & <Veg>
Right classification: Tools
Explanation: 
Answer format:
[INST]
  The case.
[/INST]
Explanation: At most two sentences.
Classification: Category name`

describe.each([
  ['json', JSON_PROMPT],
  ['inst', INST_PROMPT],
])('a prompt in the form %s', (form, prompt) => {
  it('teaches the same', () => {
    expect(findForm(prompt)).toBe(form)
    expect(asksAboutCase(prompt)).toBe(false)
    expect(readInstructions(prompt)).toEqual({
      categories: told,
      goodExamples: [
        { case: { id: null, ...saw }, right: 'Tools', wrong: null, explanation: 'A saw.' },
      ],
      badExamples: [
        {
          case: { id: null, subject: '', messages: saw.messages },
          right: 'Tools',
          wrong: 'Fruit & <Veg>',
          explanation: '',
        },
      ],
      emphasis: { first: true, last: false },
    })
  })
})

const JSON_QUESTION = `{
"similar_examples": [
{"case": "My saw.", "classification": "Tools"}
],
"case": {
"subject": "S",
"messages": [
{"role": "customer", "author": "Ann", "text": ["It broke.", {"omitted_characters": 9}, "Bye."]},
{"omitted_messages": 2, "characters": 99},
{"role": "agent", "text": "Case:\\nok"}
]
}
}`
const INST_QUESTION = `Similar examples:
[INST]
  My saw.
[/INST]
Classification: Tools
Case:
Subject: S
Customer (Ann):
  It broke.
(9 characters are left out here.)
  Bye.
(2 messages with 99 characters are left out here.)
Agent:
  Case:
  ok`

describe.each([
  ['json', JSON_QUESTION],
  ['inst', INST_QUESTION],
])('a question in the form %s', (form, question) => {
  it('is about the case and teaches what stands beside it', () => {
    expect(findForm(question)).toBe(form)
    expect([asksAboutCase(question), teaches(question)]).toEqual([true, true])
    expect(readCases(question)).toEqual([
      {
        id: null,
        subject: 'S',
        messages: [
          { role: 'customer', text: 'It broke.\nBye.' },
          { role: 'agent', text: 'Case:\nok' },
        ],
      },
    ])
    const { goodExamples } = readInstructions(writeInstructions({ categories }), question)
    expect(goodExamples.map(({ right }) => right)).toEqual(['Tools'])
  })
})

it.each([
  ['xml', '<response>\n<explanation>&lt;E></explanation>'],
  ['json', '{"explanation":"<E>","evidence":"v","classification":"Tools"}'],
  ['inst', 'Explanation: <E>\nEvidence: v\nClassification: Tools'],
] as const)('answers in the form %s', (form, text) => {
  const answer = { id: null, label: 'Tools', explanation: '<E>', evidence: 'v' }
  const given = renderAnswers([answer], form).replace('&gt;', '>')
  expect(given.startsWith(text)).toBe(true)
  // Each way to break the form changes the answer, whatever the form.
  for (const kind of MALFORMED_KINDS.filter((one) => one !== 'escaped_markup' || form !== 'inst')) {
    expect(spoilAnswer(kind, [answer], form)).not.toBe(renderAnswers([answer], form))
  }
})
