import { describe, expect, it } from 'vitest'
import { writeCase, writeInstructions } from './fixtures/prompt-text'
import { readCases, readInstructions } from './prompt'

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
