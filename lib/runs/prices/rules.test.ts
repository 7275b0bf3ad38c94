import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { choosePrice, computeCost, findListedPrice, PRICE_TABLE, readPinnedPrice } from './rules'
import type { Price } from './schema'

const SONNET: Price = {
  ...{ input: 3_000_000, output: 15_000_000, cacheWrite: 3_750_000, cacheRead: 300_000 },
  ...{ batchShare: 0.5, date: PRICE_TABLE.date, own: false },
}
const OWN: Price = {
  ...{ input: 1_000_000, output: 2_000_000, cacheWrite: 1_000_000, cacheRead: 500_000 },
  ...{ batchShare: 0.4, date: '2026-11-28', own: true },
}

test('prices of real models come from the table, in millionths of a dollar per million tokens', () => {
  expect(findListedPrice('amazon.nova-lite-v1:0')).toMatchObject({ input: 60_000, output: 240_000 })
  expect(findListedPrice('meta.llama3-3-70b-instruct-v1:0')).toMatchObject({
    ...{ input: 720_000, output: 720_000 },
    ...{ cacheWrite: 900_000, cacheRead: 72_000, batchShare: 0.5 },
  })
})

test('a regional profile of Claude has the regional price, a global one the plain price', () => {
  expect(findListedPrice('us.anthropic.claude-sonnet-4-6')).toMatchObject({
    ...{ input: 3_300_000, output: 16_500_000, cacheWrite: 4_125_000, cacheRead: 330_000 },
  })
  expect(findListedPrice('global.anthropic.claude-sonnet-4-6')).toEqual(SONNET)
})

test('prices of the prompt cache are the model’s own where the table has them', () => {
  expect(findListedPrice('global.anthropic.claude-opus-5-5')).toMatchObject({
    ...{ input: 4_000_000, cacheRead: 200_000 },
  })
})

test('the day of the table is that of the version which is installed', () => {
  const { version } = JSON.parse(
    readFileSync('node_modules/@pydantic/genai-prices/package.json', 'utf8'),
  )
  expect(version).toBe(PRICE_TABLE.version)
})

test('what was set counts before the table and for the stand-in; else the stand-in costs nothing', () => {
  const id = 'global.anthropic.claude-sonnet-4-6'
  expect(choosePrice(null, id, false)).toEqual(SONNET)
  expect(choosePrice(OWN, id, false)).toBe(OWN)
  expect(choosePrice(OWN, 'closecall.lexical-v1', true)).toBe(OWN)
  expect(choosePrice(null, 'closecall.lexical-v1', true)).toMatchObject({ input: 0, date: null })
  expect(choosePrice(null, 'acme.unheard-of-v1', false)).toBeNull()
  expect(choosePrice(null, id, true)).toBeNull()
  expect(choosePrice(OWN, 'acme.unheard-of-v1', false)).toBe(OWN)
})

test('cost is the tokens times their prices, and in a batch job a share of that', () => {
  const use = {
    ...{ inputTokens: 1_000, outputTokens: 100 },
    ...{ cacheReadTokens: 10_000, cacheWriteTokens: 2_000 },
  }
  const none = { cacheReadTokens: 0, cacheWriteTokens: 0 }
  expect(computeCost({ ...use, ...none }, SONNET)).toBe(4_500)
  expect(computeCost({ ...use, ...none, cacheReadTokens: 10_000 }, SONNET)).toBe(7_500)
  expect(computeCost({ ...use, ...none, cacheWriteTokens: 1_000 }, SONNET)).toBe(8_250)
  expect(computeCost({ ...use, ...none }, SONNET, { batch: true })).toBe(2_250)
  expect(computeCost(use, OWN)).toBe(1_000 + 200 + 5_000 + 2_000)
  expect(computeCost(use, OWN, { batch: true })).toBe(3_280)
})

test('a run of the stand-in from before prices were pinned cost nothing; of a model, nobody knows', () => {
  expect(readPinnedPrice({ standIn: true, price: null })).toMatchObject({ input: 0, mending: null })
  expect(readPinnedPrice({ standIn: false, price: null })).toBeNull()
  const pinned = { ...OWN, mending: null }
  expect(readPinnedPrice({ standIn: false, price: pinned })).toEqual(pinned)
})
