import type { ExampleView, VersionCategory, VersionView } from '../../schema'

/** Parts of a draft that are one value each. */
export const FIELDS = [
  'note',
  'persona',
  'rules',
  'answerFormat',
  'badExampleForm',
  'model',
  'template',
  'similarExamples',
  'packSize',
] as const satisfies readonly (keyof VersionView)[]

export type DraftField = (typeof FIELDS)[number]
export type DraftFields = Partial<Pick<VersionView, DraftField>>

/** What of an example can be changed. */
export const EXAMPLE_FIELDS = [
  'kind',
  'text',
  'labelId',
  'wrongLabelId',
  'explanation',
  'enabled',
] as const satisfies readonly (keyof ExampleView)[]

type ExampleFields = Partial<Pick<ExampleView, (typeof EXAMPLE_FIELDS)[number]>>

export type DraftContent = Pick<VersionView, DraftField | 'categories' | 'examples'>

/**
 * Every way to change a draft. Places are told by the neighbour before (null: none), which still says
 * what was meant after someone else has added or removed another.
 */
export type Step =
  | { do: 'set'; fields: DraftFields }
  | { do: 'describe'; categoryId: string; description: string }
  | { do: 'moveCategory'; categoryId: string; after: string | null }
  | { do: 'takeCategory'; category: VersionCategory; after: string | null }
  | { do: 'leaveCategory'; categoryId: string }
  | { do: 'addExample'; example: ExampleView }
  | { do: 'changeExample'; id: string; change: ExampleFields }
  | { do: 'moveExample'; id: string; after: string | null }
  | { do: 'removeExample'; id: string }

/** The draft after the step; the very same object where the step changes nothing. */
export function applyStep<Draft extends DraftContent>(draft: Draft, step: Step): Draft {
  switch (step.do) {
    case 'set':
      return holdsFields(draft, step.fields) ? draft : { ...draft, ...step.fields }
    case 'describe':
    case 'moveCategory':
    case 'takeCategory':
    case 'leaveCategory': {
      const categories = changeCategories(draft.categories, step)
      return categories === draft.categories ? draft : { ...draft, categories }
    }
    default: {
      const examples = changeExamples(draft.examples, step)
      return examples === draft.examples ? draft : { ...draft, examples }
    }
  }
}

export const applySteps = <Draft extends DraftContent>(
  draft: Draft,
  steps: readonly Step[],
): Draft => steps.reduce(applyStep, draft)

/** Whether the draft already says what the step makes of it. */
export const holds = (draft: DraftContent, step: Step): boolean => applyStep(draft, step) === draft

/** Whether what the step is about is in the draft; true for what needs nothing there. */
export function hasTarget({ categories, examples }: DraftContent, step: Step): boolean {
  switch (step.do) {
    case 'describe':
    case 'moveCategory':
      return categories.some(({ categoryId }) => categoryId === step.categoryId)
    case 'changeExample':
    case 'moveExample':
      return examples.some(({ id }) => id === step.id)
    default:
      return true
  }
}

/** What takes the step back; null where it changes nothing. */
export function invertStep(draft: DraftContent, step: Step): Step | null {
  if (holds(draft, step)) return null
  switch (step.do) {
    case 'set':
      return { do: 'set', fields: pick(draft, Object.keys(step.fields) as DraftField[]) }
    case 'describe': {
      const former = draft.categories.find(({ categoryId }) => categoryId === step.categoryId)
      return former ? { ...step, description: former.description } : null
    }
    case 'moveCategory':
      return { ...step, after: categoryBefore(draft.categories, step.categoryId) }
    case 'takeCategory':
      return { do: 'leaveCategory', categoryId: step.category.categoryId }
    case 'leaveCategory': {
      const category = draft.categories.find(({ categoryId }) => categoryId === step.categoryId)
      if (!category) return null
      const after = categoryBefore(draft.categories, step.categoryId)
      return { do: 'takeCategory', category, after }
    }
    case 'moveExample':
      return { ...step, after: exampleBefore(draft.examples, step.id) }
    case 'addExample': {
      const former = draft.examples.find(({ id }) => id === step.example.id)
      if (!former) return { do: 'removeExample', id: step.example.id }
      return { do: 'changeExample', id: former.id, change: pick(former, EXAMPLE_FIELDS) }
    }
    case 'changeExample': {
      const former = draft.examples.find(({ id }) => id === step.id)
      const fields = Object.keys(step.change) as (keyof ExampleFields)[]
      return former ? { ...step, change: pick(former, fields) } : null
    }
    case 'removeExample': {
      const example = draft.examples.find(({ id }) => id === step.id)
      return example ? { do: 'addExample', example } : null
    }
  }
}

/** Where an example that comes last stands. */
export const nextPosition = (examples: readonly ExampleView[]): number =>
  (examples.at(-1)?.position ?? -1) + 1

/**
 * The positions that examples have in a new order: those they had, so that going back to an order is
 * going back to the same content. Where they were not in order, they are counted anew.
 */
export function keepPositions(positions: readonly number[]): number[] {
  const isAscending = positions.every(
    (position, at) => at === 0 || position > (positions[at - 1] ?? 0),
  )
  return isAscending ? [...positions] : positions.map((_, at) => at)
}

export const categoryBefore = (categories: readonly VersionCategory[], id: string): string | null =>
  before(
    categories.map(({ categoryId }) => categoryId),
    id,
  )

export const exampleBefore = (examples: readonly ExampleView[], id: string): string | null =>
  before(
    examples.map((example) => example.id),
    id,
  )

const before = (ids: readonly string[], id: string): string | null =>
  ids[ids.indexOf(id) - 1] ?? null

type CategoryStep = Extract<
  Step,
  { do: 'describe' | 'moveCategory' | 'takeCategory' | 'leaveCategory' }
>
type ExampleStep = Exclude<Step, CategoryStep | { do: 'set' }>

function changeCategories(categories: VersionCategory[], step: CategoryStep): VersionCategory[] {
  const idOf = ({ categoryId }: VersionCategory) => categoryId
  switch (step.do) {
    case 'describe': {
      const { categoryId, description } = step
      const isSame = (one: VersionCategory) =>
        one.categoryId !== categoryId || one.description === description
      if (categories.every(isSame)) return categories
      return categories.map((one) => (isSame(one) ? one : { ...one, description }))
    }
    case 'moveCategory':
      return moveAfter(categories, idOf, step.categoryId, step.after)
    case 'takeCategory': {
      if (categories.some((one) => idOf(one) === step.category.categoryId)) return categories
      return insertAfter(categories, idOf, step.category, step.after)
    }
    case 'leaveCategory': {
      const left = categories.filter((one) => idOf(one) !== step.categoryId)
      return left.length === categories.length ? categories : left
    }
  }
}

function changeExamples(examples: ExampleView[], step: ExampleStep): ExampleView[] {
  switch (step.do) {
    case 'addExample': {
      const { example } = step
      return examples.some(({ id }) => id === example.id)
        ? setExample(examples, example.id, pick(example, EXAMPLE_FIELDS))
        : insertExample(examples, example)
    }
    case 'changeExample':
      return setExample(examples, step.id, step.change)
    case 'moveExample': {
      const moved = moveAfter(examples, ({ id }) => id, step.id, step.after)
      if (moved === examples) return examples
      const positions = keepPositions(examples.map(({ position }) => position))
      return moved.map((example, at) => placeExample(example, positions[at] ?? at))
    }
    case 'removeExample': {
      const left = examples.filter(({ id }) => id !== step.id)
      return left.length === examples.length ? examples : left
    }
  }
}

function setExample(examples: ExampleView[], id: string, change: ExampleFields): ExampleView[] {
  const isSame = (example: ExampleView) => example.id !== id || holdsFields(example, change)
  if (examples.every(isSame)) return examples
  return examples.map((example) => (isSame(example) ? example : { ...example, ...change }))
}

/** At the position it names; whatever stands there and after it makes room. */
function insertExample(examples: ExampleView[], example: ExampleView): ExampleView[] {
  const { position } = example
  const isTaken = examples.some((one) => one.position === position)
  const isBefore = (one: ExampleView) => one.position < position
  const after = examples.filter((one) => !isBefore(one))
  return [
    ...examples.filter(isBefore),
    example,
    ...(isTaken ? after.map((one) => placeExample(one, one.position + 1)) : after),
  ]
}

const placeExample = (example: ExampleView, position: number): ExampleView =>
  example.position === position ? example : { ...example, position }

function moveAfter<Item>(
  items: Item[],
  idOf: (item: Item) => string,
  id: string,
  after: string | null,
): Item[] {
  const moved = items.find((item) => idOf(item) === id)
  if (!moved || id === after) return items
  const others = items.filter((item) => item !== moved)
  const next = insertAfter(others, idOf, moved, after)
  return next.every((item, at) => item === items[at]) ? items : next
}

/** Last where the neighbour is no longer there. */
function insertAfter<Item>(
  items: Item[],
  idOf: (item: Item) => string,
  item: Item,
  after: string | null,
): Item[] {
  const neighbour = items.findIndex((one) => idOf(one) === after)
  const at = after === null ? 0 : neighbour === -1 ? items.length : neighbour + 1
  return items.toSpliced(at, 0, item)
}

function holdsFields<Fields extends object>(of: Fields, fields: Partial<Fields>): boolean {
  return (Object.keys(fields) as (keyof Fields)[]).every((field) =>
    isSame(of[field], fields[field]),
  )
}

/** Values of a field are texts, numbers, or small objects of those. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))]
  return left.length === right.size && left.every(([key, value]) => right.get(key) === value)
}

function pick<From extends object, Key extends keyof From>(
  from: From,
  keys: readonly Key[],
): Pick<From, Key> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<From, Key>
}
