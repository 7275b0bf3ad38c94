import { addRule, hasRule, removeRule } from '../precedents/rules'
import type { CostlyPair, ProposalTarget, ProposalView } from './schema'

/** One rule is drafted for each of so many pairs. */
export const MOST_PAIRS = 5

type PairIds = Pick<CostlyPair, 'suggestedId' | 'rightId'>

export const isSamePair = (a: PairIds, b: PairIds): boolean =>
  a.suggestedId === b.suggestedId && a.rightId === b.rightId

/** What became of the rules for a pair; null where another is wanted. */
export function findOutcome(
  pair: PairIds,
  proposals: readonly (PairIds & Pick<ProposalView, 'status'>)[],
): 'proposed' | 'accepted' | null {
  const own = proposals.filter((one) => isSamePair(one, pair))
  if (own.some(({ status }) => status === 'open')) return 'proposed'
  return own.some(({ status }) => status === 'accepted') ? 'accepted' : null
}

export type DraftedRule = { target: ProposalTarget; text: string }

/** What a rule may join: the rules, or one category's description. */
export type RuleHome = { rules: string; description: string }

/** With a rule in its place; unchanged where it stands there already. */
export function applyRule(home: RuleHome, { target, text }: DraftedRule): RuleHome {
  if (target === 'rules') {
    return hasRule(home.rules, text) ? home : { ...home, rules: addRule(home.rules, text) }
  }
  if (hasRule(home.description, text)) return home
  return { ...home, description: `${home.description.trimEnd()} ${text}`.trim() }
}

/** Takes back what `applyRule` did; a text that was changed since stays as it is. */
export function withdrawRule(home: RuleHome, { target, text }: DraftedRule): RuleHome {
  if (target === 'rules') return { ...home, rules: removeRule(home.rules, text) }
  const at = home.description.lastIndexOf(text)
  if (at === -1) return home
  const rest = home.description.slice(0, at).trimEnd() + home.description.slice(at + text.length)
  return { ...home, description: rest.trim() }
}

/** Whether a rule says what is there already, or was proposed before. */
export function isKnown(rule: DraftedRule, home: RuleHome, former: readonly string[]): boolean {
  return (
    hasRule(home.rules, rule.text) ||
    hasRule(home.description, rule.text) ||
    former.some((text) => hasRule(text, rule.text) && hasRule(rule.text, text))
  )
}
