import { AppError } from '@/lib/platform/errors'
import { freeName, slugOf } from '../rules'
import type { CategoryChangeInput } from './schema'

const ARCHIVED = /^archived: (.*) \(([^()]*)\)$/s

/** Names are unique in a project: one that is no category any more makes room for others. */
export const archivedName = ({ name, key }: { name: string; key: string }): string =>
  ARCHIVED.test(name) ? name : `archived: ${name} (${key})`

/** The name it had, also where it is no category any more. */
export const readableName = ({ name, archivedAt }: { name: string; archivedAt: Date | null }) =>
  archivedAt === null ? name : (ARCHIVED.exec(name)?.[1] ?? name)

/** The same, said of today. */
export const nameAtAnyTime = (category: { name: string; archivedAt: Date | null }): string =>
  category.archivedAt === null ? category.name : `${readableName(category)} (former)`

/** A category of today. */
export type Current = { id: string; key: string; name: string; description: string }

type Worded = { id: string; key: string; name: string; description: string; isNew: boolean }

/** What a change amounts to. */
export type ChangePlan = {
  kind: 'renamed' | 'split' | 'merged' | 'removed'
  /** All categories as they shall be, in order. */
  after: Worded[]
  /** Those that are none any more; their labels count as those of `intoId`, or as none. */
  archived: { id: string; intoId: string | null }[]
  fromIds: string[]
  intoIds: string[]
  /** Whose cases are labelled afresh. */
  recalledIds: string[]
  /** What takes the place of the changed one in drafts. */
  draftIds: string[]
}

const MOST_CATEGORIES = 200

/** Works a change out, without making it. Throws `invalid` with what is wrong with it. */
export function planChange(
  current: readonly Current[],
  input: CategoryChangeInput,
  newId: () => string,
): ChangePlan {
  const plan = PLANS[input.kind](current, input as never, newId)
  const names = plan.after.map(({ name }) => name.toLowerCase())
  const twice = plan.after.find(({ name }, at) => names.indexOf(name.toLowerCase()) !== at)
  if (twice) throw refuse(`Two categories would be called “${twice.name}”.`)
  if (plan.after.length < 2) throw refuse('A project needs at least two categories.')
  if (plan.after.length > MOST_CATEGORIES) {
    throw refuse(`A project has at most ${MOST_CATEGORIES} categories.`)
  }
  return plan
}

const refuse = (message: string): AppError => new AppError('invalid', message)

type Of<Kind> = Extract<CategoryChangeInput, { kind: Kind }>
type Planner<Kind> = (
  current: readonly Current[],
  input: Of<Kind>,
  newId: () => string,
) => ChangePlan

const kept = (category: Current): Worded => ({ ...category, isNew: false })

function find(current: readonly Current[], id: string): Current {
  const found = current.find((category) => category.id === id)
  if (found) return found
  throw new AppError(
    'conflict',
    'This category is none any more: someone else has changed it. Nothing was changed: reload the page.',
  )
}

const planRename: Planner<'rename'> = (current, { categoryId, name, description, askAgain }) => {
  const { id } = find(current, categoryId)
  return {
    kind: 'renamed',
    after: current.map((one) => kept(one.id === id ? { ...one, name, description } : one)),
    archived: [],
    fromIds: [id],
    intoIds: [id],
    recalledIds: askAgain ? [id] : [],
    draftIds: [id],
  }
}

const planSplit: Planner<'split'> = (current, { categoryId, into }, newId) => {
  const split = find(current, categoryId)
  const taken = new Set(current.map(({ key }) => key))
  const parts = into.map(({ keeps, ...words }): Worded => {
    if (keeps) return { ...split, ...words, isNew: false }
    const key = freeName(slugOf(words.name) || 'category', taken)
    taken.add(key)
    return { id: newId(), key, ...words, isNew: true }
  })
  const isKept = parts.some(({ id }) => id === split.id)
  return {
    kind: 'split',
    after: current.flatMap((one) => (one.id === split.id ? parts : [kept(one)])),
    archived: isKept ? [] : [{ id: split.id, intoId: null }],
    fromIds: [split.id],
    intoIds: parts.map(({ id }) => id),
    recalledIds: [split.id],
    draftIds: parts.map(({ id }) => id),
  }
}

const planMerge: Planner<'merge'> = (current, input) => {
  const { categoryIds, intoId, name, description, askAgain } = input
  const into = find(current, intoId)
  const merged = [...new Set(categoryIds)].map((id) => find(current, id))
  if (merged.some(({ id }) => id === into.id)) {
    throw refuse('A category can’t be merged into itself.')
  }
  const gone = new Set(merged.map(({ id }) => id))
  const words = { name: name ?? into.name, description: description ?? into.description }
  return {
    kind: 'merged',
    after: current
      .filter(({ id }) => !gone.has(id))
      .map((one) => kept(one.id === into.id ? { ...one, ...words } : one)),
    archived: merged.map(({ id }) => ({ id, intoId: into.id })),
    fromIds: [...gone],
    intoIds: [into.id],
    recalledIds: askAgain ? [...gone] : [],
    draftIds: [into.id],
  }
}

const planRemove: Planner<'remove'> = (current, { categoryId }) => {
  const { id } = find(current, categoryId)
  return {
    kind: 'removed',
    after: current.filter((one) => one.id !== id).map(kept),
    archived: [{ id, intoId: null }],
    fromIds: [id],
    intoIds: [],
    recalledIds: [id],
    draftIds: [],
  }
}

const PLANS: { [Kind in CategoryChangeInput['kind']]: Planner<Kind> } = {
  rename: planRename,
  split: planSplit,
  merge: planMerge,
  remove: planRemove,
}

/** "about 2 hours", of reviewing. */
export function describeSeconds(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60))
  if (minutes < 90) return minutes === 1 ? 'about a minute' : `about ${minutes} minutes`
  const hours = Math.round(minutes / 60)
  return `about ${hours.toLocaleString('en-US')} hours`
}

const quote = (names: readonly string[]): string => names.map((name) => `“${name}”`).join(', ')

/** One line of the history. */
export function describeChange(change: {
  kind: ChangePlan['kind']
  fromNames: readonly string[]
  intoNames: readonly string[]
}): string {
  const [from, into] = [quote(change.fromNames), quote(change.intoNames)]
  switch (change.kind) {
    case 'renamed':
      return from === into ? `${from} was described anew` : `${from} was renamed to ${into}`
    case 'split':
      return `${from} was split into ${into}`
    case 'merged': {
      // The one that the others go on as is among them.
      const gone = change.fromNames.filter((name) => !change.intoNames.includes(name))
      const merged = gone.length > 0 ? gone : change.fromNames
      return `${quote(merged)} ${merged.length === 1 ? 'was' : 'were'} merged into ${into}`
    }
    case 'removed':
      return `${from} was removed`
  }
}

/** How far the cases of a change have come. */
export function stateOf(change: {
  startedAt: Date | null
  finishedAt: Date | null
  undoneAt: Date | null
}): 'waiting' | 'running' | 'done' | 'undone' {
  if (change.undoneAt) return 'undone'
  if (change.finishedAt) return 'done'
  return change.startedAt ? 'running' : 'waiting'
}

type Known = Pick<Current, 'id' | 'name' | 'description'> & { archivedAt: Date | null }
type Wanted = { id?: string; name: string; description: string }

/** What saving the list of categories has changed, in a line; empty where nothing was. */
export function describeEdit(known: readonly Known[], wanted: readonly Wanted[]): string {
  const current = known.filter(({ archivedAt }) => archivedAt === null)
  const before = new Map(current.map((category) => [category.id, category]))
  const formerOf = ({ id }: Wanted) => before.get(id ?? '')
  const renamed = wanted.filter((one) => (formerOf(one)?.name ?? one.name) !== one.name)
  const described = wanted.filter(
    (one) => (formerOf(one)?.description ?? one.description) !== one.description,
  )
  const kept = wanted.flatMap(({ id }) => (before.has(id ?? '') ? [id] : []))
  const gone = current.filter(({ id }) => !kept.includes(id))
  const order = current.flatMap(({ id }) => (kept.includes(id) ? [id] : []))
  const parts = [
    ...renamed.map((one) => `“${formerOf(one)?.name}” was renamed to “${one.name}”`),
    ...listed(described, 'described anew'),
    ...listed(
      wanted.filter((one) => !formerOf(one)),
      'added',
    ),
    ...listed(gone, 'removed'),
    ...(order.join() === kept.join() ? [] : ['the order was changed']),
  ]
  return parts.join('; ')
}

const listed = (categories: readonly { name: string }[], done: string): string[] =>
  categories.length === 0
    ? []
    : [
        `${quote(categories.map(({ name }) => name))} ${categories.length === 1 ? 'was' : 'were'} ${done}`,
      ]

/** A split or a merge that stands. */
export type Followed = { kind: string; fromIds: readonly string[]; intoIds: readonly string[] }

/**
 * A list of categories without the splits it had followed that were undone since, the newest first: the
 * whole stands again where its parts stood.
 */
export function followUndone(
  ids: readonly string[],
  undone: readonly Followed[],
  currentIds: ReadonlySet<string>,
): string[] {
  return undone.reduce<string[]>(
    (list, { kind, fromIds, intoIds }) => {
      const isPart = (id: string) => intoIds.includes(id) && !currentIds.has(id)
      if (kind !== 'split' || !list.some(isPart)) return list
      return [...new Set(list.flatMap((id) => (isPart(id) ? fromIds : [id])))]
    },
    [...ids],
  )
}

/**
 * What became of a list of categories, by the changes since, the oldest first: the parts of what was
 * split stand in its place, what was merged counts as what it became, and what is none any more is gone.
 */
export function followChanges(
  ids: readonly string[],
  changes: readonly Followed[],
  currentIds: ReadonlySet<string>,
): string[] {
  const followed = changes.reduce<readonly string[]>((list, { kind, fromIds, intoIds }) => {
    if (kind !== 'split' && kind !== 'merged') return list
    const gone = new Set(fromIds)
    // A split that this list knows already is none for it.
    if (kind === 'split' && intoIds.some((id) => !gone.has(id) && list.includes(id))) return list
    return [...new Set(list.flatMap((id) => (gone.has(id) ? intoIds : [id])))]
  }, ids)
  return followed.filter((id) => currentIds.has(id))
}
