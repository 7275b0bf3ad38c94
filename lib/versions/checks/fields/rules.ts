import type { Template } from '../../rendering/schema'
import type { VersionCategory } from '../../schema'
import { explainMark, nameSensitive } from '../examples/rules'
import type { Check, CheckFacts, CheckKind, CheckPlace } from '../schema'
import type { TextFacts } from '../texts/rules'

type Fields = { persona: string; rules: string; categories: readonly VersionCategory[] }
type Surroundings = { template: Template; look: (text: string) => TextFacts }

/** What is wrong with what people wrote themselves: persona, rules and descriptions. */
export function checkFields(
  { persona, rules, categories }: Fields,
  { template, look }: Surroundings,
): Check[] {
  const checkText = (text: string, what: string, place: CheckPlace, empty: string): Check[] => {
    const found: Check[] = []
    const add = (kind: CheckKind, sentence: string) =>
      found.push({ id: `${kind} ${what}`, kind, level: 'warns', sentence, place })
    if (text.trim() === '') {
      add('empty', empty)
      return found
    }
    const facts = look(text)
    const mark = facts.ownMark(template)
    if (mark) add('tag', explainMark(what, mark))
    else {
      const unbalanced = facts.unbalanced()
      if (unbalanced) add('tag', explainUnbalanced(what, unbalanced))
    }
    const kinds = facts.sensitive()
    if (kinds.length > 0) {
      const sentence = `${what} contains what looks like ${nameSensitive(kinds)}. Every call sends it.`
      add('sensitive', sentence)
    }
    return found
  }
  return [
    ...checkText(
      persona,
      'The persona',
      { part: 'persona' },
      'The persona is empty: say who the model is to be.',
    ),
    ...checkText(
      rules,
      'The text of the rules',
      { part: 'rules' },
      'There are no rules: say how to decide.',
    ),
    ...categories.flatMap(({ categoryId, name, description }) =>
      checkText(
        description,
        `The description of ${name}`,
        { part: 'category', categoryId },
        `${name} has no description: say when it fits, and when not.`,
      ),
    ),
  ]
}

function explainUnbalanced(
  what: string,
  { tag, missing }: { tag: string; missing: 'end' | 'start' },
): string {
  return missing === 'end'
    ? `${what} opens ${tag} and never closes it. Close it, or take it out.`
    : `${what} closes ${tag}, which was never opened. Open it, or take it out.`
}

/** Which categories no good example in use shows. Without any it is said once. */
export function checkCoverage(
  categories: readonly VersionCategory[],
  shown: ReadonlySet<string>,
): Check[] {
  if (categories.length === 0) {
    return [
      {
        id: 'no_categories',
        kind: 'no_categories',
        level: 'blocks',
        sentence: 'It has no categories. Add those that may be answered.',
        place: { part: 'categories' },
      },
    ]
  }
  if (shown.size === 0) {
    return [
      {
        id: 'no_good_example',
        kind: 'no_good_example',
        level: 'warns',
        sentence: 'There is no good example yet: add one for each category.',
        place: { part: 'examples' },
      },
    ]
  }
  return categories
    .filter(({ categoryId }) => !shown.has(categoryId))
    .map(({ categoryId, name }) => ({
      id: `no_good_example ${categoryId}`,
      kind: 'no_good_example',
      level: 'warns',
      sentence: `${name} has no good example.`,
      place: { part: 'category', categoryId },
    }))
}

/** Answers that nobody could give any more. */
export function checkRemoved(
  categories: readonly VersionCategory[],
  facts: CheckFacts | null,
): Check[] {
  const removed = new Set(facts?.removedCategories)
  return categories
    .filter(({ categoryId }) => removed.has(categoryId))
    .map(({ categoryId, name }) => ({
      id: `removed_category ${categoryId}`,
      kind: 'removed_category',
      level: 'blocks',
      sentence: `The category “${name}” was removed in the settings. Leave it out of this version.`,
      place: { part: 'category', categoryId },
    }))
}
