import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { packFiles, unpackFiles } from './archives/rules'
import { fromFiles, toFiles } from './rules'
import { FILE_NAMES, type FileContent, type FileName, type VersionFiles } from './schema'

const content: FileContent = {
  note: 'Two examples',
  persona: 'You sort cases.',
  rules: 'One.\nTwo.',
  categories: [
    { key: 'billing', name: 'Billing', description: 'Charges “& credits”.' },
    { key: 'defect', name: 'Defect', description: '' },
  ],
  template: 'json',
  answerFormat: { kind: 'xml', sample: 'short' },
  badExampleForm: 'wrong_with_reason',
  model: { modelId: 'm', maxTokens: 512, temperature: null },
  similarExamples: 5,
  packSize: 10,
  good: [{ external_id: 'A-1', label: 'billing', text: 'A case', explanation: 'Why.' }],
  bad: [
    {
      external_id: 'A-2',
      revision: 2,
      label: 'defect',
      wrong_label: 'billing',
      text: 'Another\ncase',
      explanation: '',
      enabled: false,
      review: '0197f9a0-0000-7000-8000-000000000001',
    },
  ],
}

test('files are readable, one example a line, keys in one order, with a final line break', () => {
  expect(toFiles(content)).toMatchInlineSnapshot(`
    {
      "bad-examples.jsonl": "{"external_id": "A-2", "revision": 2, "label": "defect", "wrong_label": "billing", "text": "Another\\ncase", "explanation": "", "enabled": false, "review": "0197f9a0-0000-7000-8000-000000000001"}
    ",
      "categories.json": "[
      {
        "key": "billing",
        "name": "Billing",
        "description": "Charges “& credits”."
      },
      {
        "key": "defect",
        "name": "Defect",
        "description": ""
      }
    ]
    ",
      "format.json": "{
      "template": "json",
      "answerFormat": {
        "kind": "xml",
        "sample": "short"
      },
      "badExampleForm": "wrong_with_reason",
      "model": {
        "modelId": "m",
        "maxTokens": 512,
        "temperature": null
      },
      "similarExamples": 5,
      "packSize": 10
    }
    ",
      "good-examples.jsonl": "{"external_id": "A-1", "label": "billing", "text": "A case", "explanation": "Why."}
    ",
      "persona.md": "You sort cases.
    ",
      "rules.md": "One.
    Two.
    ",
      "version.json": "{
      "form": 1,
      "note": "Two examples"
    }
    ",
    }
  `)
  const shuffled = {
    ...content,
    good: content.good.map(
      (one) => Object.fromEntries(Object.entries(one).reverse()) as typeof one,
    ),
  }
  expect(toFiles(shuffled)).toEqual(toFiles(content))
  expect(toFiles({ ...content, good: [] })['good-examples.jsonl']).toBe('')
})

test('the starter project’s folder has this very form', () => {
  const read = (name: FileName) => readFileSync(`prompts/support-root-causes/${name}`, 'utf8')
  const files = Object.fromEntries(FILE_NAMES.map((name) => [name, read(name)])) as VersionFiles
  const result = fromFiles(files)
  if (!('content' in result)) throw new Error(JSON.stringify(result.problems))
  expect(toFiles(result.content)).toEqual(files)
  expect(result.content.good.length).toBeGreaterThan(10)
})

const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }).filter((one) => one.isWellFormed() && !one.includes('\0')),
      fc.constantFrom(
        ...['\r\n', '\n', ' ', '\t', '\uFEFF', '"', '\\', '{', '}\n', '\u2028', '</s>', ''],
      ),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''))
const named = text.map((one) => `x${one}`.slice(0, 100)).filter((one) => one.isWellFormed())
const example = fc.record(
  {
    external_id: named,
    revision: fc.integer({ min: 1, max: 99 }),
    label: named,
    text: text.map((one) => `${one}x`),
    explanation: text,
    enabled: fc.constant(false as const),
    review: fc.uuid(),
  },
  { requiredKeys: ['external_id', 'label', 'explanation'] },
)
const anyContent: fc.Arbitrary<FileContent> = fc.record({
  note: text,
  persona: text,
  rules: text,
  categories: fc.uniqueArray(
    fc.record({ key: named, name: named.filter((one) => one.trim() !== ''), description: text }),
    {
      minLength: 1,
      maxLength: 4,
      selector: ({ key }) => key,
    },
  ),
  template: fc.constantFrom('xml' as const, 'json' as const, 'inst' as const),
  answerFormat: fc.record({
    kind: fc.constant('xml' as const),
    sample: fc.constantFrom('short' as const, 'full' as const),
  }),
  badExampleForm: fc.constantFrom('wrong_with_reason' as const, 'corrected_with_rule' as const),
  model: fc.record({
    modelId: fc.constantFrom('m', 'us.vendor.model-v1:0'),
    maxTokens: fc.integer({ min: 1, max: 64_000 }),
    temperature: fc.option(fc.constantFrom(0, 0.2, 1)),
  }),
  similarExamples: fc.constantFrom(0 as const, 2 as const, 5 as const, 10 as const),
  packSize: fc.constantFrom(1 as const, 5 as const, 10 as const, 20 as const),
  good: fc.array(example, { maxLength: 4 }),
  bad: fc.array(
    fc
      .tuple(example, fc.option(named, { nil: undefined }))
      .map(([one, wrong]) => (wrong === undefined ? one : { ...one, wrong_label: wrong })),
    { maxLength: 4 },
  ),
})

test('out and back in and out again gives the same content and the same bytes', () => {
  fc.assert(
    fc.property(anyContent, (given) => {
      const bytes = packFiles(toFiles(given))
      const unpacked = unpackFiles([{ name: 'v3.zip', bytes }])
      if (!('files' in unpacked)) throw new Error(JSON.stringify(unpacked.problems))
      const read = fromFiles(unpacked.files)
      if (!('content' in read)) throw new Error(JSON.stringify(read.problems))
      expect(read.content).toEqual(given)
      expect(Buffer.compare(packFiles(toFiles(read.content)), bytes)).toBe(0)
    }),
    { numRuns: 300 },
  )
})

const problemsOf = (files: Partial<VersionFiles>) => {
  const result = fromFiles(files)
  return 'problems' in result
    ? result.problems.map(({ file, line, message }) => `${file}:${line ?? ''} ${message}`)
    : []
}

describe('what is wrong is named by file and line', () => {
  const files = toFiles(content)
  const line = '{"external_id": "A", "label": "billing", "explanation": ""}\n'
  test.each<[Partial<VersionFiles>, RegExp]>([
    [{ 'rules.md': undefined }, /^rules\.md: This file is missing\.$/],
    [{ 'bad-examples.jsonl': undefined }, /An empty file stands for none/],
    [
      { 'good-examples.jsonl': `${line}\n{"external_id": \n` },
      /^good-examples\.jsonl:3 .*not valid JSON/,
    ],
    [
      { 'good-examples.jsonl': line.replace('"label": "billing", ', '') },
      /:1 “label” is missing\.$/,
    ],
    [
      { 'categories.json': '[{"key": "billing", "name": "Billing"}]' },
      /^categories\.json: “description” of entry 1 is missing\.$/,
    ],
    [
      { 'good-examples.jsonl': line.replace('"A"', '"A", "text": "  "') },
      /:1 “text”: An example needs a text/,
    ],
    [{ 'good-examples.jsonl': line.replace('"A"', '"A", "wrong_label": "x"') }, /:1 .*wrong_label/],
    [{ 'bad-examples.jsonl': line.replace('"A"', '"\\ud800"') }, /:1 .*surrogate/],
    [{ 'persona.md': 'a\0b' }, /^persona\.md: .*NUL/],
    [{ 'persona.md': 'x'.repeat(5_000_000) }, /^persona\.md: .*50,000/],
    [{ 'categories.json': '[]' }, /at least one category/],
    [{ 'categories.json': '{' }, /^categories\.json: This is not valid JSON/],
    [
      { 'categories.json': files['categories.json'].replace('defect', 'billing') },
      /“billing” is in it twice/,
    ],
    [
      { 'format.json': files['format.json'].replace('"json"', '"yaml"') },
      /^format\.json: “template”/,
    ],
    [
      { 'format.json': files['format.json'].replace('Examples": 5', 'Examples": 3') },
      /^format\.json: “similarExamples”/,
    ],
    [{ 'version.json': '{"form": 2, "note": ""}' }, /newer Closecall/],
  ])('%o', (change, problem) => {
    const problems = problemsOf({ ...files, ...change })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(problem)
  })

  test('more examples than a version takes are counted over both kinds, and one fewer is taken', () => {
    const good = content.good.flatMap((one) => Array.from({ length: 2_500 }, () => one))
    const bad = content.bad.flatMap((one) => Array.from({ length: 2_501 }, () => one))
    expect(problemsOf(toFiles({ ...content, good, bad }))).toEqual([
      'good-examples.jsonl: The files have 5,001 examples, and a version takes at most 5,000 by files. Leave some out.',
    ])
    const fitting = fromFiles(toFiles({ ...content, good, bad: bad.slice(1) }))
    expect('content' in fitting && fitting.content.bad).toHaveLength(2_500)
  })

  test('all at once', () => {
    expect(problemsOf({})).toHaveLength(FILE_NAMES.length)
  })

  test('a mark that an editor put in front is taken off, and blank lines are passed over', () => {
    const marked = Object.fromEntries(
      Object.entries(files).map(([name, one]) => [name, `\uFEFF${one}`]),
    )
    const read = fromFiles({
      ...marked,
      'good-examples.jsonl': `\uFEFF\n${files['good-examples.jsonl']}\n`,
    })
    expect(read).toMatchObject({ content, lines: { good: [2], bad: [1] } })
  })
})

describe('archives', () => {
  const files = Object.fromEntries(
    Object.entries(toFiles(content)).map(([name, one]) => [name, strToU8(one)]),
  )
  const sendZip = (entries: Record<string, Uint8Array>) =>
    unpackFiles([{ name: 'sent.zip', bytes: zipSync(entries) }])
  const refused = (result: ReturnType<typeof unpackFiles>) =>
    'problems' in result ? result.problems.map(({ message }) => message).join() : ''

  test('a folder in it, other files beside it, and what macOS adds do no harm', () => {
    const inFolder = Object.fromEntries(
      Object.entries(files).map(([name, one]) => [`v3/${name}`, one]),
    )
    const junk = strToU8('junk')
    const result = sendZip({
      ...inFolder,
      'README.md': junk,
      '__MACOSX/v3/._persona.md': junk,
      '__MACOSX/persona.md': junk,
    })
    expect(result).toEqual({ files: toFiles(content) })
    const loose = Object.entries(files).map(([name, bytes]) => ({ name, bytes }))
    expect(unpackFiles([...loose, { name: 'notes.txt', bytes: junk }])).toEqual(result)
  })

  test.each([
    '../persona.md',
    '/persona.md',
    'a/../../persona.md',
    '..\\persona.md',
    'C:\\persona.md',
  ])('a path like %s is refused', (path) =>
    expect(refused(sendZip({ ...files, [path]: strToU8('x') }))).toMatch(/leads out/),
  )

  test('a bomb is not unpacked', () => {
    const bomb = zipSync({ ...files, 'persona.md': new Uint8Array(60 * 1024 * 1024) }, { level: 9 })
    expect(bomb.length).toBeLessThan(100_000)
    expect(refused(unpackFiles([{ name: 'x.zip', bytes: bomb }]))).toMatch(/larger than 50 MB/)
  })

  test('an entry that is larger than it says is cut to what it says', () => {
    const bytes = zipSync(
      { 'persona.md': strToU8('a'.repeat(100_000)) },
      { mtime: new Date(1980, 0, 1) },
    )
    const view = new DataView(bytes.buffer)
    for (let at = 0; at + 4 <= bytes.length; at++) {
      const signature = view.getUint32(at, true)
      if (signature === 0x02014b50) view.setUint32(at + 24, 10, true)
      if (signature === 0x04034b50) view.setUint32(at + 22, 10, true)
    }
    const result = unpackFiles([{ name: 'x.zip', bytes }])
    const size = 'files' in result ? (result.files['persona.md']?.length ?? 0) : 0
    expect(size).toBeLessThanOrEqual(10)
  })

  test.each<[string, Uint8Array, RegExp]>([
    ['x.zip', strToU8('no zip at all'), /can’t be read/],
    ['x.zip', packFiles(toFiles(content)).slice(0, 300), /can’t be read/],
    ['x.zip', zipSync({ 'a.txt': strToU8('x') }), /none of the files of a version/],
    ['persona.md', Uint8Array.from([0x61, 0xff, 0xfe]), /not in UTF-8/],
    ['holiday.png', Uint8Array.from([1, 2, 3]), /None of these is a file of a version/],
  ])('%s that is no such thing is refused', (name, bytes, problem) => {
    expect(refused(unpackFiles([{ name, bytes }]))).toMatch(problem)
  })

  test('one name twice, a zip among files, and nothing at all are refused', () => {
    const again = { 'a/persona.md': strToU8('x'), 'b/persona.md': strToU8('y') }
    expect(refused(sendZip(again))).toMatch(/twice/)
    const zip = { name: 'v.zip', bytes: packFiles(toFiles(content)) }
    expect(refused(unpackFiles([zip, { name: 'rules.md', bytes: strToU8('x') }]))).toMatch(
      /not both/,
    )
    expect(refused(unpackFiles([]))).toMatch(/No file/)
  })

  test('are the same bytes at any time, and hold what they should', () => {
    const bytes = packFiles(toFiles(content))
    expect(Object.keys(unzipSync(bytes))).toEqual([...FILE_NAMES])
    expect(bytes).toEqual(packFiles(toFiles(content)))
  })
})
