import { readNumber } from '@/lib/platform/numbers'
import type { BestRule, Grid } from '../schema'

/** A grid in which each version stands as it is. */
export const plainGrid = (versionIds: string[]): Grid => ({
  versionIds,
  modelId: [null],
  fixedExamples: [null],
  similarExamples: [null],
  packSize: [null],
  answers: [null],
  sample: [null],
  temperature: [null],
  mode: [null],
})

/** With the value or without it. */
export const toggle = <Value>(values: readonly Value[], value: Value, on: boolean): Value[] =>
  on ? [...values.filter((one) => one !== value), value] : values.filter((one) => one !== value)

/** Ids of models that were typed, with commas or spaces between. */
export const readModels = (text: string): string[] => [
  ...new Set(text.split(/[\s,;]+/).filter((id) => id !== '')),
]

/** Temperatures that were typed, with commas between; null where one is none. */
export function readTemperatures(text: string): number[] | null {
  const typed = text.split(/[\s,;]+/).filter((one) => one !== '')
  const values = typed.map(Number)
  return values.every((value) => value >= 0 && value <= 1) ? [...new Set(values)] : null
}

/** The factor as typed values beside "as the version says", which stands where nothing else does. */
export const withOwn = <Value>(own: boolean, values: readonly Value[]): (Value | null)[] =>
  own || values.length === 0 ? [null, ...values] : [...values]

/** A number that was typed, within bounds; null where it is none. */
function readUpTo(text: string, most: number): number | null {
  const value = readNumber(text)
  return value >= 0 && value <= most ? value : null
}

/** The rule of a kind with what was typed: points, per cent, or dollars; null while that is no number. */
export function readRule(kind: BestRule['kind'], typed: string): BestRule | null {
  if (kind === 'most_accurate') return { kind }
  const value = readUpTo(typed, kind === 'most_accurate_below' ? 1_000_000 : 100)
  if (value === null) return null
  if (kind === 'cheapest_within') return { kind, points: value }
  if (kind === 'cheapest_above') return { kind, accuracy: value / 100 }
  return { kind, cost: Math.round(value * 1e6) }
}

/** What stands in the field of a rule. */
export function typeRule(rule: BestRule): string {
  switch (rule.kind) {
    case 'most_accurate':
      return ''
    case 'cheapest_within':
      return String(rule.points)
    case 'cheapest_above':
      return String(Math.round(rule.accuracy * 1_000) / 10)
    case 'most_accurate_below':
      return String(rule.cost / 1e6)
  }
}

/** A rule as an address has it: `cheapest_within.2`. */
export const writeRule = (rule: BestRule): string =>
  [rule.kind, typeRule(rule)].filter(Boolean).join('.')

/** The rule that an address has; null where it has none. */
export function findRule(text: string): BestRule | null {
  const [, name, typed = ''] = /^([a-z_]+)(?:\.(.+))?$/.exec(text) ?? []
  const kind = RULE_KINDS.find((one) => one === name)
  return kind ? readRule(kind, typed) : null
}

const RULE_KINDS = [
  'most_accurate',
  'cheapest_within',
  'cheapest_above',
  'most_accurate_below',
] as const
