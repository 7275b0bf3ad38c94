import type { ExampleView } from '../../schema'
import {
  applyStep,
  categoryBefore,
  type DraftContent,
  type DraftField,
  EXAMPLE_FIELDS,
  FIELDS,
  hasTarget,
  holds,
  isSame,
  type Step,
} from '../steps/rules'

/** What two people can change without being in each other's way. */
export type Part =
  | { kind: 'field'; field: DraftField }
  | { kind: 'category'; id: string }
  | { kind: 'example'; id: string }
  | { kind: 'categoryOrder' }
  | { kind: 'exampleOrder' }

export function partsOf(step: Step): Part[] {
  switch (step.do) {
    case 'set':
      return FIELDS.filter((field) => field in step.fields).map((field) => ({
        kind: 'field',
        field,
      }))
    case 'describe':
    case 'leaveCategory':
      return [{ kind: 'category', id: step.categoryId }]
    case 'takeCategory':
      return [{ kind: 'category', id: step.category.categoryId }]
    case 'moveCategory':
      return [{ kind: 'categoryOrder' }]
    case 'addExample':
      return [{ kind: 'example', id: step.example.id }]
    case 'changeExample':
    case 'removeExample':
      return [{ kind: 'example', id: step.id }]
    case 'moveExample':
      return [{ kind: 'exampleOrder' }]
  }
}

export const isSamePart = (a: Part, b: Part): boolean => isSame(a, b)

/** Whether there is such a part: a category or an example may be gone. */
export function hasPart({ categories, examples }: DraftContent, part: Part): boolean {
  if (part.kind === 'category') return categories.some(({ categoryId }) => categoryId === part.id)
  return part.kind !== 'example' || examples.some(({ id }) => id === part.id)
}

export const touches = (step: Step, parts: readonly Part[]): boolean =>
  partsOf(step).some((own) => parts.some((part) => isSamePart(own, part)))

/** The parts in which two states of a draft differ. What is only in one of them is its own part, no change of order. */
export function changedParts(before: DraftContent, after: DraftContent): Part[] {
  const parts: Part[] = FIELDS.filter((field) => !isSame(before[field], after[field])).map(
    (field) => ({ kind: 'field', field }),
  )
  const categories = compareLists(
    before.categories,
    after.categories,
    ({ categoryId }) => categoryId,
    (a, b) => a.description === b.description,
  )
  parts.push(...categories.changed.map((id): Part => ({ kind: 'category', id })))
  if (categories.reordered) parts.push({ kind: 'categoryOrder' })
  const examples = compareLists(before.examples, after.examples, ({ id }) => id, isSameExample)
  parts.push(...examples.changed.map((id): Part => ({ kind: 'example', id })))
  if (examples.reordered) parts.push({ kind: 'exampleOrder' })
  return parts
}

const isSameExample = (a: ExampleView, b: ExampleView) =>
  EXAMPLE_FIELDS.every((field) => a[field] === b[field])

function compareLists<Item>(
  before: readonly Item[],
  after: readonly Item[],
  idOf: (item: Item) => string,
  same: (a: Item, b: Item) => boolean,
): { changed: string[]; reordered: boolean } {
  const [old, now] = [before, after].map((list) => new Map(list.map((item) => [idOf(item), item])))
  if (!old || !now) return { changed: [], reordered: false }
  const changed = [...new Set([...old.keys(), ...now.keys()])].filter((id) => {
    const [a, b] = [old.get(id), now.get(id)]
    return a === undefined || b === undefined || (a !== b && !same(a, b))
  })
  const common = [...old.keys()].filter((id) => now.has(id))
  const commonNow = [...now.keys()].filter((id) => old.has(id))
  return { changed, reordered: common.some((id, at) => id !== commonNow[at]) }
}

export type Merged = {
  /** What of one's own is still to be saved, on top of `theirs`. */
  pending: Step[]
  /** What the others changed. */
  changed: Part[]
  /** Of these, what one has changed oneself and not saved: nobody's may be dropped unseen. */
  clashes: Part[]
}

/**
 * Puts one's own unsaved steps on top of what others have saved meanwhile. Steps that the saved state
 * holds already (a save whose answer was lost) are done.
 */
export function mergeDrafts(
  base: DraftContent,
  theirs: DraftContent,
  own: readonly Step[],
): Merged {
  let known = base
  const pending: Step[] = []
  for (const step of own) {
    const isOpen = pending.some((one) => touches(one, partsOf(step)))
    if (isOpen || !isDone(theirs, step)) pending.push(step)
    else known = applyStep(known, step)
  }
  const changed = changedParts(known, theirs)
  const clashes = changed.filter((part) => pending.some((step) => touches(step, [part])))
  return { pending, changed, clashes }
}

/** A move of what is gone is done with; a text written for what is gone is not. */
function isDone(draft: DraftContent, step: Step): boolean {
  const isMove = step.do === 'moveCategory' || step.do === 'moveExample'
  return holds(draft, step) && (isMove || hasTarget(draft, step))
}

/** The step as it has to be to hold against theirs: what they removed is put back with it. */
export function insistOn(step: Step, mine: DraftContent, theirs: DraftContent): Step {
  if (hasTarget(theirs, step)) return step
  if (step.do === 'changeExample') {
    const example = mine.examples.find(({ id }) => id === step.id)
    return example ? { do: 'addExample', example: { ...example, ...step.change } } : step
  }
  if (step.do === 'describe') {
    const category = mine.categories.find(({ categoryId }) => categoryId === step.categoryId)
    if (!category) return step
    const after = categoryBefore(mine.categories, step.categoryId)
    return { do: 'takeCategory', category: { ...category, description: step.description }, after }
  }
  return step
}

const FIELD_NAMES: Record<DraftField, string> = {
  note: 'the line on what changed',
  persona: 'the persona',
  rules: 'the rules',
  answerFormat: 'the sample answer',
  badExampleForm: 'the form of bad examples',
  model: 'the model settings',
  template: 'the template',
  similarExamples: 'the number of similar examples',
  packSize: 'the number of cases in a call',
}

/** "the persona", "the description of Billing", "example K-12": for the middle of a sentence. */
export function namePart(part: Part, ...drafts: DraftContent[]): string {
  switch (part.kind) {
    case 'field':
      return FIELD_NAMES[part.field]
    case 'categoryOrder':
      return 'the order of the categories'
    case 'exampleOrder':
      return 'the order of the examples'
    case 'category': {
      const found = drafts.flatMap(({ categories }) => categories)
      const name = found.find(({ categoryId }) => categoryId === part.id)?.name
      return name ? `the category ${name}` : 'a category'
    }
    case 'example': {
      const found = drafts.flatMap(({ examples }) => examples)
      const name = found.find(({ id }) => id === part.id)?.externalId
      return name ? `example ${name}` : 'an example'
    }
  }
}

const NAMED = 3

/** Several parts in one phrase; many examples are counted. */
export function nameParts(parts: readonly Part[], ...drafts: DraftContent[]): string {
  const examples = parts.filter(({ kind }) => kind === 'example')
  const names =
    examples.length > 1
      ? [
          ...parts
            .filter(({ kind }) => kind !== 'example')
            .map((part) => namePart(part, ...drafts)),
          `${examples.length} examples`,
        ]
      : parts.map((part) => namePart(part, ...drafts))
  const shown = names.length > NAMED + 1 ? names.slice(0, NAMED) : names
  const rest = names.length - shown.length
  const all = rest > 0 ? [...shown, `${rest} more parts`] : shown
  return all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
}
