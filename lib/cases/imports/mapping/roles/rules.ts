import type { RoleWords } from '@/lib/cases/imports/schema'

const WORDS = {
  customer:
    /^(customer|client|user|end[-_ ]?user|requester|requestor|caller|buyer|contact|human|inbound|incoming)$/i,
  agent:
    /^(agent|support|staff|employee|operator|assistant|representative|rep|advisor|engineer|outbound|outgoing|admin)$/i,
  system: /^(system|bot|automation|auto|notification|internal)$/i,
} as const

/** Sorts the values of a role column that say plainly what they are; others are left to the rule. */
export function guessRoles(values: readonly string[]): RoleWords {
  const pick = (pattern: RegExp) => values.filter((value) => pattern.test(value.trim()))
  return { customer: pick(WORDS.customer), agent: pick(WORDS.agent), system: pick(WORDS.system) }
}
