import { z } from 'zod'
import { isModelId, NO_MODEL_ID } from '../models/ids/rules'

/** Millionths of a dollar per million tokens: up to 10,000 dollars. */
const amount = z.number().int('Whole millionths of a dollar.').min(0, 'Not below 0.').max(1e10)

const amounts = {
  input: amount,
  output: amount,
  /** Of what is put into the prompt cache, and of what is found in it. */
  cacheWrite: amount,
  cacheRead: amount,
}

/** Whose price something was computed with, as it is shown beside it. */
export const priceMark = z.object({
  /** The day that the price is of: `2026-11-28`. */
  date: z.string(),
  /** Set for the project, not taken from the table. */
  own: z.boolean(),
})
export type PriceMark = z.infer<typeof priceMark>

/** What a model costs in a project. */
const price = z.object({
  ...amounts,
  /** What a record of a batch job costs, as a share of the price on demand. */
  batchShare: z.number().min(0).max(1),
  /** Null for what costs nothing, and in runs from before days were kept. */
  date: z.string().nullable(),
  own: z.boolean(),
})
export type Price = z.infer<typeof price>

/** As a run pins it, with that of the model which mends the form of its answers. */
export const pinnedPrice = price.extend({ mending: price.nullable() })
export type PinnedPrice = z.infer<typeof pinnedPrice>

/** A price as a form sends it; null: the table’s again. */
export const priceInput = z
  .object({
    modelId: z.string().trim().min(1, 'Name the model.').max(2_048, 'At most 2,048 characters.'),
    price: z
      .object({
        ...amounts,
        /** Per cent of the price on demand. */
        batchPercent: z
          .number()
          .int('A whole number.')
          .min(0, 'Not below 0.')
          .max(100, 'At most 100.'),
      })
      .nullable(),
  })
  // What was set before may have any name, and can be taken away.
  .refine(({ modelId, price }) => price === null || isModelId(modelId), {
    error: NO_MODEL_ID,
    path: ['modelId'],
  })
export type PriceInput = z.infer<typeof priceInput>

export type ModelPrices = {
  modelId: string
  /** What counts from now on; null where it is not known. */
  price: Price | null
  /** What the table says; null where it does not know the model. */
  listed: Price | null
  /** Who set the project’s own price; null where there is none, or they are gone. */
  setBy: string | null
}

export type PricesView = {
  /** Models that versions and runs of the project name, and those whose price was set. */
  models: ModelPrices[]
  tableDate: string
  standIn: boolean
  mayChange: boolean
}
