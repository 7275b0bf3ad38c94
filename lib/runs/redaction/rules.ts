import { type KnownCase, NOTHING_REPLACED, startHiding } from '@/lib/cases/redaction/outgoing/rules'
import { restoreText } from '@/lib/cases/redaction/placeholders/rules'
import {
  type RedactionSetting,
  type Replacement,
  redactionSetting,
} from '@/lib/cases/redaction/schema'
import type { CaseContent } from '@/lib/cases/schema'
import type { PromptContent } from '@/lib/versions/rendering/schema'

/** The setting that a run pins; runs from before there was one replaced nothing. */
export const readPinned = (redaction: unknown): RedactionSetting =>
  redaction === null ? NOTHING_REPLACED : redactionSetting.parse(redaction)

/**
 * A version's content as it is sent: in examples that were saved with personal data, or before there was
 * a setting, that is replaced as in cases. Each example has numbers of its own; `known`: what is known of
 * the case that each comes from, by the example's id.
 */
export function hideInExamples(
  content: PromptContent,
  setting: RedactionSetting,
  known: ReadonlyMap<string, KnownCase>,
): PromptContent {
  if (!setting.on) return content
  const examples = content.examples.map((example) => {
    const its = known.get(example.id)
    const texts = [example.caseText, example.explanation]
    const { hide } = startHiding(setting, its ? [its] : [], texts)
    return {
      ...example,
      caseText: hide(example.caseText),
      explanation: hide(example.explanation),
    }
  })
  return { ...content, examples }
}

/** What a model said of a case, with what its placeholders stand for: a quotation stands in the case again. */
export function restoreSaid<Said extends { explanation?: string; evidence?: string }>(
  said: Said,
  replaced: readonly Replacement[],
  content: CaseContent,
): Said {
  if (replaced.length === 0) return said
  const sources = content.messages.map(({ text }) => text)
  const { explanation, evidence } = said
  return {
    ...said,
    ...(explanation === undefined ? {} : { explanation: restoreText(explanation, replaced) }),
    ...(evidence === undefined ? {} : { evidence: restoreText(evidence, replaced, sources) }),
  }
}
