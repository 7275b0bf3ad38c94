import { expect, test } from 'vitest'
import { findOwnMark, findUnbalanced } from './rules'

test.each([
  ['a </rules> b', 'xml', '</rules>'],
  ['< / Example >', 'xml', '< / Example >'],
  ['<message role="agent">', 'xml', '<message role="agent">'],
  ['<rulesets> and <b>bold</b>, 3 < 4', 'xml', null],
  ['[INST] <</SYS>>', 'xml', null],
  ['say [/INST] now', 'inst', '[/INST]'],
  ['<<SYS>> you are', 'inst', '<<SYS>>'],
  ['</s>', 'inst', '</s>'],
  ['<|im_start|>', 'inst', '<|im_start|>'],
  ['</rules>', 'inst', null],
  ['</rules> [INST] {"a": 1}', 'json', null],
] as const)('in %j under %s the own mark is %j', (text, template, mark) => {
  expect(findOwnMark(text, template)?.mark ?? null).toBe(mark)
})

test.each([
  ['<a>x</a> <b/> <br> <img src="x">', null],
  ['if a < b and c > d', null],
  ['<Context>x</context>', null],
  ['<context>', { tag: '<context>', missing: 'end' }],
  ['x</context>', { tag: '</context>', missing: 'start' }],
  ['<a><b>x</a>', { tag: '<b>', missing: 'end' }],
  ['<a title="1">x</b></a>', { tag: '</b>', missing: 'start' }],
])('the first tag without its other half in %j', (text, found) => {
  expect(findUnbalanced(text)).toEqual(found)
})

test.each(['<', '< ', '</', '<a ', '<a', '[', '[ ', '<|', '<rules ', '<rules', ' '])(
  'behind fifty thousand characters of “%s” marks are found as ever',
  (part) => {
    const hostile = part.repeat(50_000 / part.length)
    expect(findOwnMark(`${hostile}<rules>`, 'xml')?.mark).toBe('<rules>')
    expect(findOwnMark(`${hostile}[INST]`, 'inst')?.mark).toBe('[INST]')
    expect(findUnbalanced(`${hostile}<b>x</b></i>`)).toEqual({ tag: '</i>', missing: 'start' })
  },
)

test('of thousands of opened tags the first without its other half is found', () => {
  expect(findUnbalanced('<a>'.repeat(16_000))).toEqual({ tag: '<a>', missing: 'end' })
  expect(findUnbalanced(`${'<a>'.repeat(8_000)}${'</a>'.repeat(8_000)}`)).toBeNull()
})
