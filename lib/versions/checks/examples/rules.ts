import type { SensitiveKind } from '@/lib/cases/redaction/schema'
import type { Template } from '../../rendering/schema'
import type { ExampleView } from '../../schema'
import type { Check, CheckFacts, CheckKind } from '../schema'
import type { TextFacts } from '../texts/rules'

export type CheckedExample = Pick<
  ExampleView,
  | 'id'
  | 'kind'
  | 'caseId'
  | 'externalId'
  | 'text'
  | 'labelId'
  | 'wrongLabelId'
  | 'explanation'
  | 'enabled'
  | 'flagged'
>

type Surroundings = {
  template: Template
  facts: CheckFacts | null
  /** Names of the draft's categories. */
  names: ReadonlyMap<string, string>
  look: (text: string) => TextFacts
}

/** What is wrong with each example by itself. Examples that are switched off keep nobody up. */
export function checkExamples(
  examples: readonly CheckedExample[],
  { template, facts, names, look }: Surroundings,
): Check[] {
  const outside = new Set(facts?.outsidePool)
  const judging = new Set(facts?.nearJudging)
  return examples.flatMap((example) => {
    const { id, externalId: name, labelId, wrongLabelId, text, explanation, flagged } = example
    const found: Check[] = []
    const add = (kind: CheckKind, level: Check['level'], sentence: string, fix?: Check['fix']) =>
      found.push(toCheck(kind, level, example, sentence, fix && { fix }))
    const switchOff = { do: 'switch_off', exampleId: id } as const
    if (text.trim() === '') {
      add(
        'no_text',
        'blocks',
        `Example ${name} has no text. Write one, or switch it off.`,
        switchOff,
      )
    }
    if (!names.has(labelId)) {
      const sentence = `Example ${name} has a label that is no category here. Choose another label.`
      add('unknown_label', 'blocks', sentence, switchOff)
    } else if (wrongLabelId !== null && !names.has(wrongLabelId)) {
      const sentence = `Example ${name} names a wrong label that is no category here. Choose another.`
      add('unknown_label', 'blocks', sentence, switchOff)
    }
    if (outside.has(id)) {
      const sentence = `Example ${name} is from outside the example pool, so figures would be measured on it. Remove it.`
      add('outside_pool', 'blocks', sentence, switchOff)
    }
    if (judging.has(id)) {
      const sentence = `Example ${name} says nearly the same as a case that versions are judged by. Shorten it to other words, or remove it.`
      add('near_judging', 'blocks', sentence, switchOff)
    }
    if (flagged) {
      const sentence = `The review that example ${name} came from was taken back or changed. Look whether its label is still right.`
      add('flagged', 'warns', sentence, switchOff)
    }
    const said = [look(text), look(explanation)]
    const kinds = [...new Set(said.flatMap((one) => one.sensitive()))]
    if (kinds.length > 0) {
      const sentence = `Example ${name} has what looks like ${nameSensitive(kinds)}.`
      add('sensitive', 'warns', sentence, { do: 'redact', exampleId: id })
    }
    const mark = said.map((one) => one.ownMark(template)).find((one) => one !== null)
    if (mark) add('tag', 'warns', explainMark(`Example ${name}`, mark))
    return found
  })
}

/**
 * Pairs of examples that say nearly the same. Each example is compared with those before it, and named
 * once as a contradiction and once as a repetition at most, however many there are like it.
 */
export function checkPairs(
  examples: readonly CheckedExample[],
  { names, look }: Pick<Surroundings, 'names' | 'look'>,
): Check[] {
  const said = examples.map((example) => ({ example, facts: look(example.text) }))
  const labelOf = ({ labelId }: CheckedExample) => names.get(labelId) ?? 'another label'
  return said.flatMap(({ example, facts }, at) => {
    const alike = said
      .slice(0, at)
      .filter((one) => one.example.caseId === example.caseId || one.facts.isNear(facts))
      .map((one) => one.example)
    const opposed = alike.find(({ labelId }) => labelId !== example.labelId)
    const same = alike.find(({ labelId }) => labelId === example.labelId)
    const found: Check[] = []
    if (opposed) {
      const labels = `${labelOf(opposed)}, and ${labelOf(example)}`
      const sentence =
        opposed.caseId === example.caseId
          ? `Case ${example.externalId} stands in two examples with different labels: ${labels}. Correct one, or switch one off.`
          : `Examples ${opposed.externalId} and ${example.externalId} say opposite things about nearly the same text: ${labels}. Correct one label, or switch one off.`
      found.push(toCheck('contradiction', 'blocks', example, sentence, { relatedId: opposed.id }))
    }
    if (same) {
      const sentence =
        same.caseId === example.caseId
          ? `Case ${example.externalId} stands in two examples with the same label: one may be enough.`
          : `Example ${example.externalId} says nearly the same as example ${same.externalId}, with the same label: one may be enough.`
      found.push(
        toCheck('near_duplicate', 'warns', example, sentence, {
          relatedId: same.id,
          fix: { do: 'switch_off', exampleId: example.id },
        }),
      )
    }
    return found
  })
}

function toCheck(
  kind: CheckKind,
  level: Check['level'],
  { id }: CheckedExample,
  sentence: string,
  more: Pick<Check, 'relatedId' | 'fix'> = {},
): Check {
  return {
    id: `${kind} ${id}`,
    kind,
    level,
    sentence,
    place: { part: 'example', exampleId: id },
    ...more,
  }
}

const SENSITIVE_NAMES: Record<SensitiveKind, string> = {
  email: 'an e-mail address',
  phone: 'a phone number',
  card: 'a card number',
  iban: 'a bank account',
  ip: 'an IP address',
  secret: 'a password or key',
}

export function nameSensitive(kinds: readonly SensitiveKind[]): string {
  const names = kinds.map((kind) => SENSITIVE_NAMES[kind])
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}

export function explainMark(
  what: string,
  { mark, becomes }: { mark: string; becomes: string },
): string {
  return `${what} contains ${mark}, one of the prompt’s own marks. It breaks nothing: the model reads it as text, ${becomes}`
}
