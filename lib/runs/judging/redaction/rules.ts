import { startHiding } from '@/lib/cases/redaction/outgoing/rules'
import type { RedactionSetting, Replacement } from '@/lib/cases/redaction/schema'
import type { CaseContent } from '@/lib/cases/schema'

/** A case as it is asked about, with what was replaced in it. */
type Hidden = { content: CaseContent; replaced: readonly Replacement[] }

/**
 * The explanation of a suggestion as it may leave for the model: what was replaced in its case has the
 * same placeholders here, and what else is recognised gets numbers that the case does not use.
 */
export function hideInExplanation(
  explanation: string,
  { content, replaced }: Hidden,
  setting: RedactionSetting,
): string {
  if (!setting.on) return explanation
  const known = replaced
    .flatMap(({ placeholder, values }) => values.map((value) => ({ placeholder, value })))
    .filter(({ value }) => value !== '')
    // A value may stand within a longer one.
    .sort((a, b) => b.value.length - a.value.length)
  const said = known.reduce(
    (text, { placeholder, value }) => text.replaceAll(value, placeholder),
    explanation,
  )
  const texts = [content.subject, ...content.messages.map(({ text }) => text), said]
  return startHiding(setting, [], texts).hide(said)
}
