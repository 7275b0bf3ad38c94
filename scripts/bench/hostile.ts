import { hideInCase } from '@/lib/cases/redaction/outgoing/rules'
import { findSensitive } from '@/lib/cases/redaction/rules'
import type { RedactionSetting } from '@/lib/cases/redaction/schema'
import { findOwnMark, findUnbalanced } from '@/lib/versions/checks/tags/rules'
import { diffLines } from '@/lib/versions/difference/lines/rules'
import type { Figure } from './figures'
import { type Growing, measureGrowth } from './growth'

/** Characters of the smaller text. */
const CASE_SIZE = 150_000
const PROMPT_SIZE = 300_000

/** What patterns for personal data begin to read in vain, over and over. */
const FOUND = [
  ...['a', '1', '1 ', '1.1.1.', 'a:', 'a@a.', 'password="', '-----BEGIN PRIVATE KEY-----'],
  ...['-----BEGIN PRIVATE KEY----- -----END ', '+1(', 'eyJaaaaaaaaaaaa.a-', 'tel   ', 'DE89 '],
  ...['password was ', 'mot de passe ', 'api key ', 'secret ab12', 'my phone number is '],
]
const HIDDEN = [
  ...['1', '1 ', '+1(', '+1 415 555 2671 ', '00 49 ', '[EMAIL_1]', 'Dana Whitlock ', 'A1b2'],
  ...['a (at) ', 'x%40', 'my number is ', '[A', 'Brackwater ', 'curl -u a:b '],
]
const TAGS = ['<', '< ', '</', '<a ', '<a', '[', '[ ', '<|', '<rules ', '<rules', ' ', '<a>']

const SETTING: RedactionSetting = { on: true, fields: ['customer'], authors: true }
const fill = (piece: string, size: number) => piece.repeat(Math.ceil(size / piece.length))

function hide(text: string): unknown {
  const message = { author: 'Dana Whitlock', role: 'customer', time: null, text } as const
  const one = { content: { subject: '', messages: [message] } }
  return hideInCase({ ...one, metadata: { customer: 'Brackwater Tiles' } }, SETTING)
}

/** Of a text made against the patterns, twice as much. */
export function measureHostileCases(): Figure {
  const growing = (pieces: string[], work: (text: string) => unknown) =>
    pieces.map((piece): Growing => {
      return {
        name: piece,
        make: (size) => {
          const text = fill(piece, size)
          return () => work(text)
        },
      }
    })
  const all = [...growing(FOUND, findSensitive), ...growing(HIDDEN, hide)]
  return measureGrowth(
    'engine',
    'personal data: a hostile text of twice the length',
    all,
    CASE_SIZE,
  )
}

/** The same of what the editor does with a prompt at every key. */
export function measureHostilePrompts(): Figure {
  const tags = TAGS.map((piece): Growing => {
    return {
      name: piece,
      make: (size) => {
        const text = fill(piece, size)
        return () => [
          findOwnMark(text, 'xml'),
          findOwnMark(text, 'inst'),
          findUnbalanced(text),
          findOwnMark(`<${' '.repeat(size)}`, 'xml'),
        ]
      },
    }
  })
  const lines = (word: string, n: number) =>
    Array.from({ length: n }, (_, at) => (at % 5 === 0 ? '</example>' : `${word} ${at}`))
  const difference: Growing = {
    name: 'difference',
    make: (size) => {
      const [before, after] = [lines('old', size / 25), lines('new', size / 25)]
      return () => diffLines(before, after)
    },
  }
  const name = 'editor: a hostile prompt of twice the length'
  return measureGrowth('versions', name, [...tags, difference], PROMPT_SIZE)
}
