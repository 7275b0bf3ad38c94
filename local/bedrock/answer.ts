import { type Classifier, classifyCase, type Verdict, weighCase } from './classifier'
import { type AnswerForm, type AnswerFormat, FULL_FORMAT, type PromptCase } from './prompts/told'
import { readWords } from './words'

/** What the stand-in says of one case. `evidence` stands in the case letter for letter. */
export type Answer = {
  id: string | null
  label: string
  explanation: string
  evidence: string
}

const LONGEST_EVIDENCE = 300
const NAMED_WORDS = 3

/** Label, the reasons in at most two sentences, and the sentence of the case that spoke loudest. */
export function answerCase(
  classifier: Classifier,
  one: PromptCase,
  verdict: Verdict = classifyCase(classifier, one),
): Answer {
  const pull = measurePull(classifier, one, verdict)
  return {
    id: one.id,
    label: verdict.label,
    explanation: explain(verdict, listTellingWords(one, pull)),
    evidence: findEvidence(one, pull),
  }
}

/** In the form that the prompt asks for. Cases that came with ids are a pack, be it of one. */
export function renderAnswers(
  answers: readonly Answer[],
  form: AnswerForm = 'xml',
  format: AnswerFormat = FULL_FORMAT,
): string {
  const isPack = answers.length !== 1 || answers.some(({ id }) => id !== null)
  if (form === 'json') {
    const objects = answers.map((answer) => asObject(answer, format, isPack))
    return JSON.stringify(isPack ? { answers: objects } : objects[0])
  }
  if (form === 'inst') return answers.map((answer) => renderLines(answer, format)).join('\n\n')
  const responses = answers.map((answer) => renderAnswer(answer, format))
  return isPack ? ['<responses>', ...responses, '</responses>'].join('\n') : responses.join('')
}

/** A pack's objects call it `label` unless the prompt calls it otherwise. */
function asObject(answer: Answer, { evidence, labelKey }: AnswerFormat, isPack: boolean) {
  return {
    ...(answer.id === null ? {} : { id: answer.id }),
    explanation: answer.explanation,
    ...(evidence ? { evidence: answer.evidence } : {}),
    [labelKey ?? (isPack ? 'label' : 'classification')]: answer.label,
  }
}

function renderLines(answer: Answer, { evidence }: AnswerFormat): string {
  return [
    ...(answer.id === null ? [] : [`Case ${answer.id}:`]),
    `Explanation: ${answer.explanation}`,
    ...(evidence ? [`Evidence: ${answer.evidence}`] : []),
    `Classification: ${answer.label}`,
  ].join('\n')
}

function renderAnswer(answer: Answer, format: AnswerFormat): string {
  const { id, label, explanation, evidence } = answer
  const attribute = id === null ? '' : ` id="${escapeMarkup(id).replaceAll('"', '&quot;')}"`
  return [
    `<response${attribute}>`,
    `<explanation>${escapeMarkup(explanation)}</explanation>`,
    ...(format.evidence ? [`<evidence>${escapeMarkup(evidence)}</evidence>`] : []),
    `<classification>${escapeMarkup(label)}</classification>`,
    '</response>',
  ].join('\n')
}

export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** How far each term moves the case towards its label and away from the second best. */
function measurePull(
  classifier: Classifier,
  one: PromptCase,
  { label, second }: Verdict,
): Map<string, number> {
  const chosen = classifier.labels.indexOf(label)
  const other = second === null ? -1 : classifier.labels.indexOf(second)
  const pull = new Map<string, number>()
  for (const [term, value] of weighCase(classifier, one)) {
    const weights = classifier.votes.get(term)
    if (!weights) continue
    pull.set(term, value * ((weights[chosen] ?? 0) - (other < 0 ? 0 : (weights[other] ?? 0))))
  }
  return pull
}

function listTellingWords(one: PromptCase, pull: ReadonlyMap<string, number>): string[] {
  const spelled = new Map<string, string>()
  for (const text of [one.subject, ...one.messages.map((message) => message.text)]) {
    for (const { stem, start, end } of readWords(text)) {
      if (!spelled.has(stem)) spelled.set(stem, text.slice(start, end).toLowerCase())
    }
  }
  return [...spelled]
    .map(([stem, word]) => ({ word, pull: pull.get(stem) ?? 0 }))
    .filter((one) => one.pull > 0)
    .sort((a, b) => b.pull - a.pull)
    .slice(0, NAMED_WORDS)
    .map(({ word }) => word)
}

function explain({ label, second }: Verdict, words: readonly string[]): string {
  if (words.length === 0)
    return `No word of the case speaks for any category, so ${label} is a guess.`
  const list = words.map((word) => `“${word}”`)
  const said = list.length === 1 ? list[0] : `${list.slice(0, -1).join(', ')} and ${list.at(-1)}`
  const rival = second === null ? '' : ` ${second} comes second.`
  return `The case speaks of ${said}, which the prompt ties to ${label}.${rival}`
}

/** The sentence whose words pull most for their number; long ones are cut at a word's end. */
function findEvidence(one: PromptCase, pull: ReadonlyMap<string, number>): string {
  let best = ''
  let most = Number.NEGATIVE_INFINITY
  for (const text of [...one.messages.map((message) => message.text), one.subject]) {
    for (const sentence of splitSentences(text)) {
      const stems = new Set(readWords(sentence).map(({ stem }) => stem))
      if (stems.size === 0) continue
      let sum = 0
      for (const stem of stems) sum += pull.get(stem) ?? 0
      const score = sum / Math.sqrt(stems.size + 2)
      if (score > most) {
        most = score
        best = sentence
      }
    }
  }
  return cutAtWord(best, LONGEST_EVIDENCE)
}

function splitSentences(text: string): string[] {
  return text
    .split(/\r?\n|(?<=[.!?])\s+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')
}

function cutAtWord(text: string, longest: number): string {
  if (text.length <= longest) return text
  const cut = text.slice(0, longest)
  return cut.slice(0, Math.max(cut.lastIndexOf(' '), 1)).trim()
}
