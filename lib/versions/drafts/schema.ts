import { z } from 'zod'
import { LIMITS, limitMessage } from '../limits/rules'
import { packSize, promptContent, similarExamples, template } from '../rendering/schema'
import { departures } from '../setups/schema'

const content = promptContent.shape

/** The save that a change starts from; one that is not the newest is a conflict. */
export const edit = z.number().int().min(0)

export const newDraft = z.object({
  /** A frozen version or another draft. */
  parentId: z.uuid(),
  note: z.string().trim().max(300).optional(),
  /** Examples of the parent that the draft has switched off. */
  switchOff: z.array(z.uuid()).max(5_000).optional(),
  /** In what it departs from the parent; on demand or in batch is a matter of its runs. */
  departures: departures.omit({ mode: true }).optional(),
})

/** Fields left out stay as they are; categories come as a whole and in their order. */
export const draftChange = z.object({
  edit,
  note: z.string().max(LIMITS.note, limitMessage('note')).optional(),
  persona: content.persona.optional(),
  rules: content.rules.optional(),
  answerFormat: content.answerFormat.optional(),
  badExampleForm: content.badExampleForm.optional(),
  model: content.model.optional(),
  template: template.optional(),
  similarExamples: similarExamples.optional(),
  packSize: packSize.optional(),
  categories: z
    .array(
      z.object({
        categoryId: z.uuid(),
        description: content.categories.element.shape.description,
      }),
    )
    .max(500)
    .optional(),
})

export const editOnly = z.object({ edit })
export const editQuery = z.object({ edit: z.coerce.number().pipe(edit) })

/** What a save leaves: the content itself is what was sent on top of what was there. */
const draftSaved = z.object({ edit, savedAt: z.string(), savedBy: z.string().nullable() })

export type DraftSaved = z.infer<typeof draftSaved>
export type CreatedDraft = { id: string }
export type FrozenVersion = { number: number }

export type NewDraft = z.infer<typeof newDraft>
export type DraftChange = z.infer<typeof draftChange>
