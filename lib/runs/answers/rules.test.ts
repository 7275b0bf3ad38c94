import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escapeText } from '@/lib/versions/rendering/markup/rules'
import type { Template } from '@/lib/versions/rendering/schema'
import corpus from './corpus.json'
import { parseAnswer } from './rules'
import type { AnswerStatus } from './schema'

type Expected = {
  what: string
  raw: string
  /** The prompt's, XML where it is left out. */
  template?: Template
  stopReason: string | null
  status: AnswerStatus
  label: string | null
  text?: string | null
  explanation?: string
  evidence?: string
}

const answers = corpus.answers as Expected[]
const { categories } = corpus

describe('corpus of answers', () => {
  test('has at least 60 malformed ones, each told apart', () => {
    expect(answers.filter(({ status }) => status !== 'parsed').length).toBeGreaterThanOrEqual(60)
    expect(new Set(answers.map(({ what }) => what)).size).toBe(answers.length)
  })

  test.each(answers)('$what: $status', (expected) => {
    const { raw, stopReason, template, status, label, text, explanation, evidence } = expected
    const parsed = parseAnswer(raw, { categories, stopReason, template })
    expect({ status: parsed.status, label: parsed.labelKey }).toEqual({ status, label })
    if (text !== undefined) expect(parsed.labelText).toBe(text)
    if (explanation !== undefined) expect(parsed.explanation).toBe(explanation)
    if (evidence !== undefined) expect(parsed.evidence).toBe(evidence)
  })
})

describe('any answer', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom(
      '<response>',
      '</response>',
      '<classification>',
      '</classification>',
      '<evidence>',
      '</evidence>',
      '<explanation>',
      '{"classification": "',
      '", "label": "',
      'Category: ',
      'Bug',
      'Billing Inquiry',
      '\n',
      '&lt;',
      '...........',
      '<![CDATA[',
    ),
  )
  const raw = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(''))
  const template = fc.constantFrom('xml' as const, 'json' as const, 'inst' as const)
  const stopReason = fc.constantFrom('end_turn', 'max_tokens', 'content_filtered', null)

  test('is read without an error, with a label only when the status says so', () => {
    fc.assert(
      fc.property(raw, stopReason, template, (text, reason, asked) => {
        const { status, labelKey, labelText } = parseAnswer(text, {
          categories,
          stopReason: reason,
          template: asked,
        })
        const labelled = status === 'parsed' || status === 'repaired'
        expect(labelKey !== null).toBe(labelled)
        expect(labelText !== null).toBe(labelled || status === 'off_list')
        if (reason === 'content_filtered') expect(status).toBe('refused')
        if (reason === 'max_tokens') expect(status).not.toBe('parsed')
      }),
      { numRuns: 1_000 },
    )
  })

  test.each(['<', '<response ', '.', ' ', '"', "{'label': '", '&lt;', '\\', '<label>', '**'])(
    'that repeats %j for ever does not make the reading hang',
    (unit) => {
      const raw = `<classification>${unit.repeat(20_000)}`
      expect(parseAnswer(raw, { categories, stopReason: 'max_tokens' }).status).toBe('cut_off')
      expect(parseAnswer(unit.repeat(20_000), { categories, stopReason: null }).labelKey).toBeNull()
    },
  )

  test('in the form that was asked for is read back as it was written', () => {
    const text = fc
      .string({ unit: 'grapheme' })
      .map((value) => value.trim())
      .filter((value) => !/^["“'‘«]/.test(value))
    fc.assert(
      fc.property(text, text, fc.constantFrom(...categories), (explanation, evidence, category) => {
        const fields = { explanation, evidence, classification: category.name }
        const inner = Object.entries(fields).map(
          ([name, value]) => `<${name}>${escapeText(value)}</${name}>`,
        )
        const parsed = parseAnswer(`<response>\n${inner.join('\n')}\n</response>`, {
          categories,
          stopReason: 'end_turn',
        })
        expect(parsed).toEqual({
          status: 'parsed',
          labelKey: category.key,
          labelText: category.name,
          explanation,
          evidence,
        })
      }),
    )
  })
})

test('an answer in JSON, asked for so, is read back as it was written', () => {
  const text = fc
    .string({ unit: 'grapheme' })
    .map((value) => value.trim())
    .filter((value) => !/^["“'‘«]/.test(value))
  fc.assert(
    fc.property(text, text, fc.constantFrom(...categories), (explanation, evidence, category) => {
      const raw = JSON.stringify({ explanation, evidence, classification: category.name })
      const asked = { categories, stopReason: 'end_turn', template: 'json' as const }
      const answer = { labelKey: category.key, labelText: category.name, explanation, evidence }
      expect(parseAnswer(raw, asked)).toEqual({ status: 'parsed', ...answer })
      const around = `Here it is:\n\`\`\`json\n${raw}\n\`\`\``
      expect(parseAnswer(around, asked)).toEqual({ status: 'repaired', ...answer })
    }),
  )
})

test('two categories with one name are told apart by nobody', () => {
  const twins = [
    { key: 'a', name: 'Same' },
    { key: 'b', name: 'Same' },
  ]
  const parsed = parseAnswer('<response><classification>Same</classification></response>', {
    categories: twins,
    stopReason: 'end_turn',
  })
  expect(parsed).toMatchObject({ status: 'off_list', labelKey: null, labelText: 'Same' })
})
