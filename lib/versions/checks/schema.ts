import { z } from 'zod'

/** What only the server knows of a draft's examples and of its model. */
const checkFacts = z.object({
  /** Examples whose case is not in the example pool. */
  outsidePool: z.array(z.string()),
  /** Examples that are nearly the same as a case of dev or test; never which one. */
  nearJudging: z.array(z.string()),
  /** Categories of the draft that the project has no more. */
  removedCategories: z.array(z.string()),
  /** The model that these figures are of. */
  modelId: z.string(),
  /** Of it and of the one that mends answers, those that can’t be asked, and why. */
  missingModels: z.array(z.object({ modelId: z.string(), sentence: z.string() })),
  /** Tokens of prompt and answer together that it takes. */
  window: z.number(),
  /** Characters that nine of ten cases of the example pool do not exceed; null without cases. */
  usualCase: z.number().nullable(),
})

export type CheckFacts = z.infer<typeof checkFacts>

export type CheckKind =
  | 'no_categories'
  | 'removed_category'
  | 'no_good_example'
  | 'unknown_label'
  | 'no_text'
  | 'contradiction'
  | 'near_duplicate'
  | 'outside_pool'
  | 'near_judging'
  | 'flagged'
  | 'no_model'
  | 'no_room'
  | 'little_room'
  | 'long_prompt'
  | 'tag'
  | 'sensitive'
  | 'empty'

export type CheckPlace =
  | { part: 'persona' | 'rules' | 'categories' | 'examples' | 'settings' }
  | { part: 'category'; categoryId: string }
  | { part: 'example'; exampleId: string }

/** What mends it with one press. */
export type CheckFix = { do: 'redact' | 'switch_off'; exampleId: string }

export type Check = {
  /** The same for as long as it is the same finding. */
  id: string
  kind: CheckKind
  /** Blocks: the draft can't be frozen with it. */
  level: 'blocks' | 'warns'
  /** What is wrong and what to do. */
  sentence: string
  place: CheckPlace
  /** The other example that it is about. */
  relatedId?: string
  fix?: CheckFix
}
