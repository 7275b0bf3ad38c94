import { toPromptContent, type VersionParts } from '../rules'
import { checkBudget, checkModels } from './budget/rules'
import { checkExamples, checkPairs } from './examples/rules'
import { checkCoverage, checkFields, checkRemoved } from './fields/rules'
import type { Check, CheckFacts } from './schema'
import { rememberTexts } from './texts/rules'

/**
 * Makes what checks a draft again and again while it is edited: it remembers what it found in texts
 * that stay as they are. `facts` are null while they are on their way.
 */
export function createDraftChecker(): (draft: VersionParts, facts: CheckFacts | null) => Check[] {
  const texts = rememberTexts()
  return (draft, facts) => {
    texts.start()
    const examples = draft.examples.filter(({ enabled }) => enabled)
    const surroundings = {
      template: draft.template,
      facts,
      look: texts.of,
      names: new Map(draft.categories.map(({ categoryId, name }) => [categoryId, name])),
    }
    const shown = new Set(
      examples.flatMap(({ kind, labelId }) => (kind === 'good' ? [labelId] : [])),
    )
    const checks = [
      ...checkCoverage(draft.categories, shown),
      ...checkRemoved(draft.categories, facts),
      ...checkExamples(examples, surroundings),
      ...checkPairs(examples, surroundings),
      ...checkModels(toPromptContent(draft), facts),
      ...checkBudget(toPromptContent(draft), facts),
      ...checkFields(draft, surroundings),
    ]
    texts.end()
    return checks.sort((a, b) => Number(a.level === 'warns') - Number(b.level === 'warns'))
  }
}

/** All that is to be mended or looked at in a draft, blocking ones first. */
export const checkDraft = (draft: VersionParts, facts: CheckFacts | null): Check[] =>
  createDraftChecker()(draft, facts)

export const blocks = ({ level }: Check): boolean => level === 'blocks'
