import { expect, test } from 'vitest'
import { promptContent } from '../../rendering/schema'
import { type ModelField, readModelField } from './rules'

const model = { modelId: 'm', maxTokens: 100, temperature: null }

test.each<[ModelField, string, unknown]>([
  ['modelId', ' eu.amazon.nova ', { ...model, modelId: 'eu.amazon.nova' }],
  ['maxTokens', '64000', { ...model, maxTokens: 64_000 }],
  ['maxTokens', '64,000', { ...model, maxTokens: 64_000 }],
  ['temperature', '0.5', { ...model, temperature: 0.5 }],
  ['temperature', ' ', model],
])('%s typed as %j is taken, as the server takes it', (field, typed, expected) => {
  expect(readModelField(model, field, typed)).toEqual({ model: expected })
  expect(promptContent.shape.model.safeParse(expected).success).toBe(true)
})

test.each<[ModelField, string]>([
  ['modelId', ' '],
  ['maxTokens', '64001'],
  ['maxTokens', '1.5'],
  ['maxTokens', ''],
  ['temperature', '1.1'],
  ['temperature', 'warm'],
])('%s typed as %j is no setting', (field, typed) => {
  expect(readModelField(model, field, typed)).toHaveProperty('problem')
})
