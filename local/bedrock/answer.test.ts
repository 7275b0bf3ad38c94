import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerCase } from './answer'
import { trainClassifier } from './classifier'
import { writeCase, writeInstructions } from './fixtures/prompt-text'
import { readCases, readInstructions } from './prompt'

const root = path.resolve(import.meta.dirname, '../..')
const realData = path.resolve(root, process.env.CLOSECALL_REAL_DATA ?? '../shared/data')
const threads = path.join(realData, 'npm_issue_threads.jsonl')

const categories = [
  { name: 'Fruit', description: 'Apples and pears.' },
  { name: 'Tools', description: 'Hammers and saws.' },
]
const learn = (prompt: Parameters<typeof writeInstructions>[0]) =>
  trainClassifier(readInstructions(writeInstructions(prompt)))
const said = (...texts: string[]) => ({
  id: null,
  subject: '',
  messages: texts.map((text, i) => ({ role: i % 2 === 0 ? 'customer' : 'agent', text })),
})

describe('answerCase', () => {
  it('gives a tie to the earlier category and calls it a guess', () => {
    const answer = answerCase(learn({ categories }), said('Nothing of the kind.'))
    expect(answer.label).toBe('Fruit')
    expect(answer.explanation).toContain('is a guess')
  })

  it('quotes the sentence that decided, names its words, in at most two sentences', () => {
    const answer = answerCase(
      learn({ categories }),
      said('Hello. An apple fell.\nTwo hammers and a saw broke! Bye.'),
    )
    expect(answer).toMatchObject({ label: 'Tools', evidence: 'Two hammers and a saw broke!' })
    expect(answer.explanation).toMatch(/“hammers”.*Tools\. Fruit comes second\.$/)
  })

  it('learns from a good example, and from a correction', () => {
    const nails = said('A nail came loose.')
    expect(answerCase(learn({ categories }), nails).label).toBe('Fruit')
    const example = { case: said('Box of nails.'), right: 'Tools', why: '' }
    expect(answerCase(learn({ categories, good: [example] }), nails).label).toBe('Tools')
    const bad = [{ ...example, wrong: 'Fruit' }]
    expect(answerCase(learn({ categories, bad }), nails).label).toBe('Tools')
  })

  it('weighs the last answer most when the rules say so, and only then', () => {
    const one = said('Apples, pears, an apple and a pear.', 'So it was the saw.')
    expect(answerCase(learn({ categories }), one).label).toBe('Fruit')
    const rules = "Weigh the agent's last answer most."
    expect(answerCase(learn({ categories, rules }), one).label).toBe('Tools')
  })

  it('quotes letter for letter whatever the case holds', () => {
    const classifier = learn({ categories })
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 400 })), (texts) => {
        const { label, evidence } = answerCase(classifier, said(...texts))
        expect(categories.map(({ name }) => name)).toContain(label)
        expect(texts.some((text) => text.includes(evidence)) || evidence === '').toBe(true)
      }),
    )
  })

  it.skipIf(!existsSync(threads))(
    `answers real issue threads (${threads}; skipped where the file is absent)`,
    () => {
      const classifier = learn({ categories })
      const lines = readFileSync(threads, 'utf8').trimEnd().split('\n').slice(0, 100)
      for (const line of lines) {
        const { title, messages } = JSON.parse(line) as {
          title: string
          messages: { body: string }[]
        }
        const sent = {
          subject: title,
          messages: messages.map(({ body }) => ({ role: 'customer', text: body })),
        }
        const [read] = readCases(writeCase(sent))
        if (!read) throw new Error('The case was not read.')
        expect(read.messages.map(({ text }) => text)).toEqual(
          sent.messages.map(({ text }) => text.trim()),
        )
        const { evidence } = answerCase(classifier, read)
        expect([title, ...messages.map(({ body }) => body)].some((t) => t.includes(evidence))).toBe(
          true,
        )
      }
    },
  )
})
