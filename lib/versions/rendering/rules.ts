import type { CaseContent } from '@/lib/cases/schema'
import { renderExampleCase } from '@/lib/versions/examples/rules'
import { abilitiesOf } from '@/lib/versions/models/rules'
import { type RenderedCase, renderCase, SMALLEST_CASE } from '@/lib/versions/rendering/cases/rules'
import { takeEnd, takeStart } from '@/lib/versions/rendering/markup/rules'
import { listParts, SECTION_NAMES, type SectionName } from '@/lib/versions/rendering/parts/rules'
import type { PromptContent } from '@/lib/versions/rendering/schema'
import { formOf } from '@/lib/versions/rendering/templates/rules'

export type Section = { name: SectionName; text: string; tokens: number }

const CHARACTERS_PER_TOKEN = 4
/** The estimate is rough (code and other scripts take more), so a quarter of the window stays free. */
const USABLE_SHARE_OF_WINDOW = 0.75

/** Tokens by a stated rule, not by a model's own tokenizer: a token for every four characters. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN)
}

/** The parts of the fixed prompt in order, in the version's template; parts with nothing in them are absent. */
export function renderSections(content: PromptContent): Section[] {
  const parts = listParts(content)
  const { sections } = formOf(content)
  const absent: Partial<Record<SectionName, boolean>> = {
    good_examples: parts.goodExamples.length === 0,
    bad_examples: parts.badExamples.length === 0,
  }
  return SECTION_NAMES.filter((name) => !absent[name]).map((name) => {
    const text = sections[name](parts)
    return { name, text, tokens: estimateTokens(text) }
  })
}

/** What all cases share, hence the system text: it comes first, so that it can be cached. */
export function renderFixedPart(content: PromptContent): string {
  return formOf(content).joinSections(renderSections(content).map(({ text }) => text))
}

/**
 * Characters left for the case in a window of `window` tokens, after the fixed part and the tokens
 * reserved for the answer. Below `SMALLEST_CASE` the version cannot be run on this model. A run
 * renders the fixed part once, takes this as the budget of `renderCase`, and so for every case.
 */
export function measureRoomForCase(fixedPart: string, maxTokens: number, window: number): number {
  const usable = Math.floor(window * USABLE_SHARE_OF_WINDOW)
  return (usable - estimateTokens(fixedPart) - maxTokens) * CHARACTERS_PER_TOKEN
}

/** A window that leaves half the room for the case that `window` leaves; all as in `measureRoomForCase`. */
export function halveRoom(fixedPart: string, maxTokens: number, window: number): number {
  const taken = estimateTokens(fixedPart) + maxTokens
  return Math.floor((window + taken / USABLE_SHARE_OF_WINDOW) / 2)
}

export type RenderedPrompt = { system: string; user: string; cut: boolean }

/**
 * The whole request for one case; `window` is the model's context window in tokens, `cut` says that
 * the case did not fit. Throws a RangeError when the fixed part leaves no room for any case.
 */
export function renderPrompt(
  content: PromptContent,
  caseContent: CaseContent,
  window: number,
): RenderedPrompt {
  const system = renderFixedPart(content)
  const room = measureRoomForCase(system, content.model.maxTokens, window)
  if (room < SMALLEST_CASE)
    throw new RangeError(
      `The prompt leaves no room for a case in a window of ${window} tokens: shorten it, switch examples off, or lower the tokens kept for the answer`,
    )
  const { text, cut } = renderQuestion(content, [caseContent], [], room)
  return { system, user: text, cut: cut[0] ?? false }
}

/** A labelled case that is like the one asked about; `label` is the name of its category. */
export type SimilarCase = { content: CaseContent; label: string }

/** Of a similar case, so many characters at most: the cases are many, and the gist is enough. */
export const LONGEST_SIMILAR = 2_000
/** Similar examples take no more of the room than this, so that the case itself is not cut for them. */
export const SIMILAR_SHARE = 1 / 3

/**
 * The message about `cases`, in at most `room` characters, with `similar` cases before them in their
 * order. Where these take too much room the first ones, which are the least similar, are left out; but as
 * long as two fit, two labels stay. A pack names its cases by their place, from 1; short ones leave their
 * room to the longer. `similar` of the answer: those that are in it.
 */
export function renderQuestion<Similar extends SimilarCase>(
  content: Pick<PromptContent, 'template' | 'packSize'>,
  cases: readonly CaseContent[],
  similar: readonly Similar[],
  room: number,
): { text: string; cut: boolean[]; similar: Similar[] } {
  const form = formOf(content)
  const packed = content.packSize > 1
  const join = (written: readonly string[]) =>
    packed ? form.joinPack(examples, written) : form.joinQuestion(examples, written[0] ?? '')
  const kept = [...similar]
  const examples = similar.map((one) =>
    form.similarExample({
      caseText: cutMiddle(renderExampleCase(one.content), LONGEST_SIMILAR),
      fields: [{ name: 'classification', text: one.label }],
    }),
  )
  const around = () => join([]).length
  while (examples.length > 0 && around() > room * SIMILAR_SHARE) {
    const place = findDispensable(kept.map(({ label }) => label))
    kept.splice(place, 1)
    examples.splice(place, 1)
  }
  const write = (one: CaseContent, index: number, budget: number) =>
    renderCase(one, Math.max(SMALLEST_CASE, budget), form.case, packed ? `${index + 1}` : undefined)
  const left = room - around() - cases.length * form.case.separator.length
  const rendered = shareRoom(
    left,
    cases.map((one, index) => (budget: number) => write(one, index, budget)),
  )
  return {
    text: join(rendered.map(({ text }) => text)),
    cut: rendered.map(({ cut }) => cut),
    similar: kept,
  }
}

/** The place of the one to leave out: the first, unless it is the only one of one of two labels. */
function findDispensable(labels: readonly string[]): number {
  const counts = new Map<string, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  const place = labels.findIndex((label) => (counts.get(label) ?? 0) > 1)
  return counts.size === 2 && place > 0 ? place : 0
}

/** Each in at most an equal share of what is left, the shortest first: what they don't use is shared. */
function shareRoom(
  room: number,
  writers: readonly ((budget: number) => RenderedCase)[],
): RenderedCase[] {
  const [only] = writers
  if (only && writers.length === 1) return [only(room)]
  const whole = writers.map((write) => write(Number.POSITIVE_INFINITY))
  const byLength = whole
    .map(({ text }, index) => ({ index, length: text.length }))
    .sort((a, b) => a.length - b.length)
  const rendered = [...whole]
  let left = room
  byLength.forEach(({ index, length }, place) => {
    const share = Math.floor(left / (byLength.length - place))
    const write = writers[index]
    if (length > share && write) rendered[index] = write(share)
    left -= rendered[index]?.text.length ?? 0
  })
  return rendered
}

/** Tokens that the answer about one case may take at least: a label, two sentences, a quotation. */
const USUAL_ANSWER = 150

/** Cases in one call: as many as the version wants, and as the model can answer at once. */
export function mostInPack({ packSize, model }: Pick<PromptContent, 'packSize' | 'model'>): number {
  const { longestAnswer } = abilitiesOf(model.modelId)
  return Math.max(1, Math.min(packSize, Math.floor(longestAnswer / USUAL_ANSWER)))
}

/** Tokens reserved for the answer about `n` cases: the version's limit for each, within the model's. */
export function reserveAnswer({ model }: Pick<PromptContent, 'model'>, n: number): number {
  if (n === 1) return model.maxTokens
  return Math.max(
    model.maxTokens,
    Math.min(abilitiesOf(model.modelId).longestAnswer, model.maxTokens * n),
  )
}

/**
 * How many of `lengths` (characters of written cases, in their order) go into one call of a pack: at
 * least one, at most `most`, and no more than fit whole into `room`.
 */
export function fillPack(lengths: readonly number[], most: number, room: number): number {
  let used = 0
  let n = 0
  for (const length of lengths.slice(0, most)) {
    used += length
    if (n > 0 && used > room) break
    n += 1
  }
  return n
}

function cutMiddle(text: string, longest: number): string {
  if (text.length <= longest) return text
  const half = Math.floor((longest - MARK_OF_CUT.length) / 2)
  return `${takeStart(text, half, asIs)}${MARK_OF_CUT}${takeEnd(text, half, asIs)}`
}

const MARK_OF_CUT = '\n\n[…]\n\n'
const asIs = (text: string) => text
