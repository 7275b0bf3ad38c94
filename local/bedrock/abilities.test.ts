import type { ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime'
import { describe, expect, it } from 'vitest'
import { askAbout, control, openBedrock, openRuntime } from './fixtures/sdk'

const long = (words: number, word = 'word') => ({ text: `${word} `.repeat(words) })
const point = (ttl?: '5m' | '1h') => ({ cachePoint: { type: 'default' as const, ttl } })
const inferenceConfig = { maxTokens: 100 }
const schema = JSON.stringify({ type: 'object', additionalProperties: false, properties: {} })
const held: Partial<ConverseCommandInput> = {
  outputConfig: {
    textFormat: { type: 'json_schema', structure: { jsonSchema: { name: 'a', schema } } },
  },
}

describe('models differ', () => {
  it.each<[string, Partial<ConverseCommandInput>, string, RegExp]>([
    [
      'strict',
      { inferenceConfig: { ...inferenceConfig, temperature: 0.2 } },
      'ValidationException',
      /`temperature` is deprecated/,
    ],
    [
      'strict',
      { inferenceConfig: { ...inferenceConfig, topP: 0.9 } },
      'ValidationException',
      /`top_p` is deprecated/,
    ],
    [
      'either',
      { inferenceConfig: { ...inferenceConfig, temperature: 0.2, topP: 0.9 } },
      'ValidationException',
      /cannot both be specified/,
    ],
    ['small', held, 'ValidationException', /doesn't support outputConfig.textFormat/],
    ['small', { system: [long(9), point()] }, 'AccessDeniedException', /prompt caching/],
    ['either', { system: [long(9), point('1h')] }, 'ValidationException', /ttl of 1h/],
  ])('the %s one refuses %j', async (name, changes, error, message) => {
    const client = openRuntime(await openBedrock())
    const modelId = `closecall.lexical-${name}-v1`
    await expect(
      client.send(askAbout('x', { inferenceConfig, ...changes, modelId })),
    ).rejects.toMatchObject({ name: error, message: expect.stringMatching(message) })
  })

  it('and take what they can', async () => {
    const client = openRuntime(await openBedrock())
    const ask = (name: string, changes: Partial<ConverseCommandInput>) =>
      client.send(
        askAbout('x', { inferenceConfig, ...changes, modelId: `closecall.lexical${name}-v1` }),
      )
    await ask('-strict', held)
    await ask('-either', { inferenceConfig: { ...inferenceConfig, temperature: 0.2 } })
    await ask('', { inferenceConfig: { ...inferenceConfig, temperature: 0.2, topP: 0.9 }, ...held })
  })
})

describe('the prompt cache', () => {
  const fixed = long(1_000)
  async function open() {
    const bedrock = await openBedrock()
    const client = openRuntime(bedrock)
    const ask = async (
      system: ConverseCommandInput['system'],
      modelId = 'closecall.lexical-v1',
    ) => {
      const { usage } = await client.send(askAbout('A hammer.', { system, modelId }))
      return [
        usage?.inputTokens,
        usage?.cacheWriteInputTokens,
        usage?.cacheReadInputTokens,
        usage?.totalTokens,
      ]
    }
    const forward = (minutes: number) => control(bedrock, 'clock', { forwardMs: minutes * 60_000 })
    return { ask, forward }
  }
  const total = expect.any(Number)

  it('writes what stands before a point at first, and reads it later', async () => {
    const { ask } = await open()
    expect(await ask([fixed, point()])).toEqual([3, 1_250, 0, total])
    const [input, written, read, all] = await ask([fixed, point()])
    expect([input, written, read]).toEqual([3, 0, 1_250])
    expect(all).toBeGreaterThan(1_253)
    expect(await ask([long(1_000, 'other'), point()])).toEqual([3, 1_500, 0, total])
    expect(await ask([fixed])).toEqual([1_253, 0, 0, total])
    expect(await ask([fixed, point()], 'closecall.lexical-strict-v1')).toEqual([1_253, 0, 0, total])
  })

  it('passes over a point with too little before it, and goes on where a longer prompt begins', async () => {
    const { ask } = await open()
    expect(await ask([long(100), point()])).toEqual([128, 0, 0, total])
    await ask([fixed, point()])
    expect(await ask([fixed, point(), long(100), point()])).toEqual([3, 125, 1_250, total])
    expect(await ask([fixed, point(), long(100), point()])).toEqual([3, 0, 1_375, total])
  })

  it('forgets after five minutes without use, or an hour where that is asked for', async () => {
    const { ask, forward } = await open()
    await ask([fixed, point()])
    await ask([long(1_000, 'other'), point('1h')])
    for (let n = 0; n < 3; n++) {
      await forward(4)
      expect(await ask([fixed, point()])).toEqual([3, 0, 1_250, total])
    }
    await forward(6)
    expect(await ask([fixed, point()])).toEqual([3, 1_250, 0, total])
    expect(await ask([long(1_000, 'other'), point('1h')])).toEqual([3, 0, 1_500, total])
    await forward(61)
    expect(await ask([long(1_000, 'other'), point('1h')])).toEqual([3, 1_500, 0, total])
  })

  it('takes four points, and the longer-lived ones first', async () => {
    const { ask } = await open()
    const four = [long(1), point(), long(1), point(), long(1), point(), long(1), point()]
    await ask(four)
    await expect(ask([...four, long(1), point()])).rejects.toThrow(/maximum of 4 cache points/)
    await ask([fixed, point('1h'), fixed, point('5m')])
    await expect(ask([fixed, point('5m'), fixed, point('1h')])).rejects.toThrow(
      /must not come after/,
    )
  })
})

describe('quotas', () => {
  it('throttle when the requests of a minute are used up, and fill again with time', async () => {
    const bedrock = await openBedrock()
    const client = openRuntime(bedrock)
    const limits = { 'closecall.lexical-v1': { requestsPerMinute: 3 } }
    expect(await control(bedrock, 'limits', limits)).toMatchObject({
      'closecall.lexical-v1': { requestsPerMinute: 3, tokensPerMinute: null, burstSeconds: 60 },
    })
    const count = async (calls: number) => {
      const ended = await Promise.allSettled(
        Array.from({ length: calls }, (_, n) => client.send(askAbout(`Hammer ${n}`))),
      )
      return ended.filter(({ status }) => status === 'fulfilled').length
    }
    expect(await count(10)).toBe(3)
    await expect(client.send(askAbout('x'))).rejects.toMatchObject({
      name: 'ThrottlingException',
      message: 'Too many requests, please wait before trying again.',
      $metadata: { httpStatusCode: 429 },
    })
    await control(bedrock, 'clock', { forwardMs: 40_000 })
    expect(await count(10)).toBe(2)
    await fetch(`${bedrock.url}/_local/limits`, { method: 'DELETE' })
    expect(await count(10)).toBe(10)
  })

  it('take all of maxTokens in advance, and give back what the answer did not need', async () => {
    const bedrock = await openBedrock()
    const client = openRuntime(bedrock)
    await control(bedrock, 'limits', { '*': { tokensPerMinute: 5_000 } })
    const ask = (maxTokens: number) =>
      client.send(askAbout('A hammer.', { inferenceConfig: { maxTokens } }))
    for (let n = 0; n < 5; n++) await ask(4_000)
    const both = await Promise.allSettled([
      control(bedrock, 'faults', { latencyMs: 200 }).then(() => ask(4_000)),
      control(bedrock, 'faults', { latencyMs: 200 }).then(() => ask(4_000)),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(ask(8_000)).rejects.toThrow('Too many tokens')
  })
})
