import type { CaseContent } from '@/lib/cases/schema'
import { renderExampleCase } from '@/lib/versions/examples/rules'
import { renderCase, SMALLEST_CASE } from '@/lib/versions/rendering/cases/rules'
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
  const { text, cut } = renderQuestion(content, caseContent, [], room)
  return { system, user: text, cut }
}

/** A labelled case that is like the one asked about; `label` is the name of its category. */
export type SimilarCase = { content: CaseContent; label: string }

/** Of a similar case, so many characters at most: the cases are many, and the gist is enough. */
export const LONGEST_SIMILAR = 2_000
/** Similar examples take no more of the room than this, so that the case itself is not cut for them. */
export const SIMILAR_SHARE = 1 / 3

/**
 * The message about one case, in at most `room` characters, with `similar` cases before it in their
 * order. Where they take too much room the first ones, which are the least similar, are left out.
 */
export function renderQuestion(
  content: Pick<PromptContent, 'template'>,
  caseContent: CaseContent,
  similar: readonly SimilarCase[],
  room: number,
): { text: string; cut: boolean } {
  const form = formOf(content)
  const written = similar.map((one) =>
    form.similarExample({
      caseText: cutMiddle(renderExampleCase(one.content), LONGEST_SIMILAR),
      fields: [{ name: 'classification', text: one.label }],
    }),
  )
  const around = () => form.joinQuestion(written, '').length
  while (written.length > 0 && around() > room * SIMILAR_SHARE) written.shift()
  const rendered = renderCase(caseContent, Math.max(SMALLEST_CASE, room - around()), form.case)
  return { text: form.joinQuestion(written, rendered.text), cut: rendered.cut }
}

function cutMiddle(text: string, longest: number): string {
  if (text.length <= longest) return text
  const half = Math.floor((longest - MARK_OF_CUT.length) / 2)
  return `${takeStart(text, half, asIs)}${MARK_OF_CUT}${takeEnd(text, half, asIs)}`
}

const MARK_OF_CUT = '\n\n[…]\n\n'
const asIs = (text: string) => text
