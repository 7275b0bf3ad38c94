import { createHash } from 'node:crypto'
import {
  CONTENT_DEFAULTS,
  type PromptContent,
  promptContent,
} from '@/lib/versions/rendering/schema'

/**
 * sha256, as 64 hex digits, of a version's content in canonical form: only the schema's own fields,
 * keys in order, examples by position. What a run pins, so equal content has equal hashes.
 * What has its default is left out: content from before a setting existed has the hash it always had.
 * For the server: client code must not import this file.
 */
export function contentHash(content: PromptContent): string {
  const { template, similarExamples, packSize, ...parsed } = promptContent.parse(content)
  const examples = parsed.examples.sort(
    (a, b) => a.position - b.position || (a.id < b.id ? -1 : Number(a.id > b.id)),
  )
  return createHash('sha256')
    .update(
      canonicalJson({
        ...parsed,
        examples,
        ...leaveOutDefaults({ template, similarExamples, packSize }),
      }),
    )
    .digest('hex')
}

/**
 * The same for two contents by which a model is sent the same, whatever their examples are called and
 * which ones are switched off: a copy of a version has other ids.
 */
export function askedHash(content: PromptContent): string {
  const examples = content.examples
    .filter(({ enabled }) => enabled)
    .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))
    .map((example, position) => ({ ...example, id: String(position), position }))
  return contentHash({ ...content, examples })
}

function leaveOutDefaults(settings: Pick<PromptContent, keyof typeof CONTENT_DEFAULTS>) {
  return {
    template: settings.template === CONTENT_DEFAULTS.template ? undefined : settings.template,
    similarExamples: settings.similarExamples || undefined,
    packSize: settings.packSize === CONTENT_DEFAULTS.packSize ? undefined : settings.packSize,
  }
}

/** JSON in which the order of an object's keys is always the same. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
