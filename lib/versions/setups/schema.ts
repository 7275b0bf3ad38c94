import { z } from 'zod'
import { packSize, promptContent, similarExamples } from '../rendering/schema'

const { answerFormat, model } = promptContent.shape

const setupMode = z.enum(['on_demand', 'batch'])
export type SetupMode = z.infer<typeof setupMode>

/** In what a set-up departs from what its version says; what is left out is as the version says. */
export const departures = z.object({
  modelId: model.shape.modelId.optional(),
  temperature: z.number().min(0).max(1).optional(),
  /** Only the first so many of the examples in use; none of the others. */
  fixedExamples: z.number().int().min(0).max(5_000).optional(),
  similarExamples: similarExamples.optional(),
  packSize: packSize.optional(),
  answers: answerFormat.shape.kind.optional(),
  sample: answerFormat.shape.sample.optional(),
  mode: setupMode.optional(),
})
export type Departures = z.infer<typeof departures>
