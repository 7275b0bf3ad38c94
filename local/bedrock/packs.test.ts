import { describe, expect, it } from 'vitest'
import { trainClassifier } from './classifier'
import { writeInstructions } from './fixtures/prompt-text'
import {
  askAbout,
  control,
  openBedrock,
  openRuntime,
  say,
  TOOLS_PROMPT,
  toolCase,
  writePack,
} from './fixtures/sdk'
import { answerCases } from './packs'
import { readInstructions } from './prompt'

const cases = Array.from({ length: 10 }, (_, n) => toolCase(n))
const ids = cases.map((_, i) => String(i + 1))

const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['answers'],
  properties: {
    answers: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'explanation', 'label'],
        properties: {
          id: { type: 'integer' },
          explanation: { type: 'string' },
          evidence: { type: 'string' },
          label: { type: 'string', enum: ['fruit_veg', 'tools'] },
        },
      },
    },
  },
}
const holdTo = (schema: unknown) => ({
  outputConfig: {
    textFormat: {
      type: 'json_schema' as const,
      structure: { jsonSchema: { name: 'answers', schema: JSON.stringify(schema) } },
    },
  },
})
const labelsOf = (text: string) =>
  JSON.parse(text).answers.map((one: { label: string }) => one.label)

describe('a pack', () => {
  it('is answered item by item in tags', async () => {
    const client = openRuntime(await openBedrock())
    const text = await say(client, askAbout(writePack(cases)))
    expect(text).toMatch(/^<responses>\n<response id="1">\n<explanation>/)
    expect([...text.matchAll(/<response id="(\d+)">/g)].map(([, id]) => id)).toEqual(ids)
    const one = await say(client, askAbout(writePack(cases.slice(0, 1))))
    expect(one).toMatch(/^<responses>\n<response id="1">[\s\S]*<\/response>\n<\/responses>$/)
  })

  it('is answered in JSON where the prompt is JSON', async () => {
    const client = openRuntime(await openBedrock())
    const system = [{ text: JSON.stringify(TOOLS_PROMPT) }]
    const items = cases.map((one, i) => ({ id: ids[i], ...one }))
    const text = await say(client, askAbout(JSON.stringify({ cases: items }), { system }))
    const { answers } = JSON.parse(text)
    expect(answers.map((one: { id: string }) => one.id)).toEqual(ids)
    expect(answers[0]).toEqual({
      id: '1',
      explanation: expect.stringMatching(/\w/),
      evidence: 'My hammer number 0 broke.',
      label: 'Tools',
    })
  })

  it('is answered under headings where the prompt has them', async () => {
    const client = openRuntime(await openBedrock())
    const system = [
      {
        text: 'Categories:\n- Fruit\n  Apples.\n- Tools\n  Hammers.\nAnswer format:\n  Explanation and classification.',
      },
    ]
    const pack = 'Case 1:\nCustomer:\n  My hammer broke.\nCase b:\nCustomer:\n  An apple.'
    const text = await say(client, askAbout(pack, { system }))
    expect(text).toMatch(
      /^Case 1:\nExplanation: .+\nClassification: Tools\n\nCase b:\nExplanation: .+\nClassification: Fruit$/,
    )
  })

  it('keeps to a schema: its keys in its order, its spelling of the labels', async () => {
    const client = openRuntime(await openBedrock())
    const text = await say(client, askAbout(writePack(cases), holdTo(SCHEMA)))
    const { answers } = JSON.parse(text)
    expect(Object.keys(answers[0])).toEqual(['id', 'explanation', 'evidence', 'label'])
    expect(answers.map((one: { id: number }) => one.id)).toEqual(ids.map(Number))
    expect(labelsOf(text).slice(0, 2)).toEqual(['tools', 'fruit_veg'])
    const single = { ...SCHEMA.properties.answers.items }
    expect(JSON.parse(await say(client, askAbout('A hammer.', holdTo(single))))).toMatchObject({
      label: 'tools',
    })
  })

  it.each([
    [{ ...SCHEMA, additionalProperties: true }, /additionalProperties/],
    ['no schema', /schema/],
  ])('refuses the schema %j', async (schema, message) => {
    const client = openRuntime(await openBedrock())
    await expect(client.send(askAbout('x', holdTo(schema)))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(message),
    })
  })

  it.each([
    ['missing', 9, 9],
    ['double', 11, 10],
    ['changed_id', 10, 9],
  ])('has an item that is %s on request, held to a schema or not', async (kind, given, right) => {
    const bedrock = await openBedrock()
    const client = openRuntime(bedrock)
    await control(bedrock, 'faults', { packFaultRate: 1, packFaultKinds: [kind] })
    const tags = await say(client, askAbout(writePack(cases)))
    const held = JSON.parse(await say(client, askAbout(writePack(cases), holdTo(SCHEMA))))
    for (const seen of [
      [...tags.matchAll(/<response id="(\d+)">/g)].map(([, id]) => id),
      held.answers.map((one: { id: number }) => String(one.id)),
    ]) {
      expect(seen).toHaveLength(given)
      expect(ids.filter((id) => seen.includes(id))).toHaveLength(right)
    }
    const single = await say(client, askAbout(writePack(cases.slice(0, 1))))
    expect(single.match(/<response id="1">/g)).toHaveLength(1)
  })

  it('is answered worse further back, and the same under the same seed', () => {
    const classifier = trainClassifier(readInstructions(writeInstructions(TOOLS_PROMPT)))
    const many = Array.from({ length: 2_000 }, (_, n) => ({ id: null, ...toolCase(n) }))
    const rightAt = (place: number, seed: number) =>
      many.filter((one, n) => {
        const pack = Array.from({ length: place + 1 }, () => one)
        const label = answerCases(classifier, pack, seed)[place]?.label
        return label === (n % 2 === 0 ? 'Tools' : 'Fruit & <Veg>')
      }).length
    const [first, second, last] = [rightAt(0, 1), rightAt(1, 1), rightAt(19, 1)]
    expect(first).toBe(2_000)
    expect(second).toBeLessThan(first)
    expect(last / 2_000).toBeCloseTo(0.81, 1)
    expect(rightAt(19, 1)).toBe(last)
    expect(rightAt(19, 2)).not.toBe(last)
  })
})

describe('an echo', () => {
  it('gives listed labels, always the same, whatever is in flight', async () => {
    const ask = async (order: number[]) => {
      const client = openRuntime(await openBedrock())
      const said = await Promise.all(
        order.map(async (n) => {
          const command = askAbout(writePack([toolCase(n)]), { modelId: 'closecall.echo-v1' })
          return [n, await say(client, command)] as const
        }),
      )
      return said.toSorted(([a], [b]) => a - b)
    }
    const numbers = Array.from({ length: 40 }, (_, n) => n)
    const said = await ask(numbers)
    expect(await ask(numbers.toReversed())).toEqual(said)
    for (const label of ['Tools', 'Fruit &amp; &lt;Veg&gt;']) {
      expect(said.some(([, text]) => text.includes(`<classification>${label}<`))).toBe(true)
    }
  })
})
