import type { PromptExample } from '@/lib/versions/rendering/schema'

/** What became of the examples of one kind; switched-off ones count only where they were switched. */
export type ExampleChanges = {
  added: number
  removed: number
  edited: number
  switchedOn: number
  switchedOff: number
  /** Those that both have stand in another order. */
  reordered: boolean
}

type Pair = { before: PromptExample; after: PromptExample }

/**
 * Examples get new ids with every draft, so they are known again by what they say: all of it, else
 * all but the switch, else the case's text, else the label and the explanation. What can't be known
 * again was added or removed.
 */
export function compareExamples(
  parent: readonly PromptExample[],
  draft: readonly PromptExample[],
): ExampleChanges {
  let before = [...parent].sort((a, b) => a.position - b.position)
  let after = [...draft].sort((a, b) => a.position - b.position)
  const pairs: Pair[] = []
  for (const keyOf of KEYS) {
    const matched = match(before, after, keyOf)
    pairs.push(...matched.pairs)
    before = matched.before
    after = matched.after
  }
  const enabled = ({ enabled }: PromptExample) => enabled
  const changes = pairs.map(({ before, after }) => ({
    switched: Number(after.enabled) - Number(before.enabled),
    edited: after.enabled && before.enabled && say(before) !== say(after),
  }))
  return {
    added: after.filter(enabled).length,
    removed: before.filter(enabled).length,
    edited: changes.filter(({ edited }) => edited).length,
    switchedOn: changes.filter(({ switched }) => switched > 0).length,
    switchedOff: changes.filter(({ switched }) => switched < 0).length,
    reordered: isReordered(pairs.filter(({ before, after }) => before.enabled && after.enabled)),
  }
}

type KeyOf = (example: PromptExample) => string

const say: KeyOf = ({ caseText, labelKey, wrongLabelKey, explanation }) =>
  join(labelKey, wrongLabelKey, explanation, caseText)

/** Not as JSON: with hundreds of long examples that takes longer than a frame. No text holds the sign between. */
const join = (...parts: unknown[]) => parts.join('\u0000')

/** From the surest to the least sure. */
const KEYS: readonly KeyOf[] = [
  (example) => join(example.enabled, say(example)),
  say,
  ({ caseText }) => caseText,
  ({ labelKey, wrongLabelKey, explanation }) => join(labelKey, wrongLabelKey, explanation),
]

/** Pairs what has the same key, in order; the rest of both sides is left over. */
function match(before: readonly PromptExample[], after: readonly PromptExample[], keyOf: KeyOf) {
  const waiting = new Map<string, PromptExample[]>()
  for (const example of before) {
    const key = keyOf(example)
    const same = waiting.get(key)
    if (same) same.push(example)
    else waiting.set(key, [example])
  }
  const pairs: Pair[] = []
  const rest: PromptExample[] = []
  for (const example of after) {
    const former = waiting.get(keyOf(example))?.shift()
    if (former) pairs.push({ before: former, after: example })
    else rest.push(example)
  }
  const left = new Set([...waiting.values()].flat())
  return { pairs, before: before.filter((example) => left.has(example)), after: rest }
}

function isReordered(pairs: readonly Pair[]): boolean {
  const inOrder = [...pairs].sort((a, b) => a.after.position - b.after.position)
  return inOrder.some(
    ({ before }, index) =>
      before.position < (inOrder[index - 1]?.before.position ?? Number.NEGATIVE_INFINITY),
  )
}
