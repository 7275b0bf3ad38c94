import { normaliseCase } from '@/lib/cases/adding/rules'
import type { NewCase } from '@/lib/cases/imports/normalising/rules'
import { BadValue, cleanText } from '@/lib/cases/imports/normalising/text/rules'
import { TRIED } from '@/lib/cases/pools/rules'
import type { ArrivingCase } from './schema'

type Arrived = Omit<NewCase, 'labelId' | 'secondLabelId' | 'textHash' | 'link'> & {
  textHash: Uint8Array<ArrayBuffer>
}

/**
 * A case that arrives alone in the form in which an import would keep it: the same text has the same
 * hash, and without an external id it has one that follows from the text. Throws `BadValue`.
 */
export function readArriving({ externalId, subject, messages, metadata }: ArrivingCase): Arrived {
  const {
    labelId: _,
    secondLabelId: __,
    link: ___,
    ...normal
  } = normaliseCase({
    subject,
    messages: messages.map(({ time, ...message }) => ({ ...message, time: time ?? null })),
  })
  const fields = Object.entries(metadata)
    .map(([name, value]) => [cleanText(name).trim(), cleanText(value).trim()] as const)
    .filter(([name, value]) => name !== '' && value !== '')
  if (fields.some(([name, value]) => name === 'origin' && value === TRIED.origin)) {
    throw new BadValue(
      `The metadata “origin: ${TRIED.origin}” marks what was kept from the playground. Name it otherwise.`,
    )
  }
  return {
    ...normal,
    textHash: new Uint8Array(normal.textHash),
    externalId: cleanText(externalId ?? '').trim() || normal.externalId,
    metadata: Object.fromEntries(fields),
  }
}

/** A current case that has the external id or the text of one that arrives. */
export type KnownCase = { id: string; externalId: string; textHash: Uint8Array }

/**
 * What becomes of a case that arrives, as an import decides it: a known external id with the same text
 * is that case, with another text a new revision of it; a known text under a new id is the case known.
 */
export function judgeArriving(
  { externalId, textHash }: Pick<Arrived, 'externalId' | 'textHash'>,
  known: readonly KnownCase[],
): { kind: 'known'; id: string; externalId: string } | { kind: 'new'; archives: string | null } {
  const named = known.find((one) => one.externalId === externalId)
  const isSame = (one: KnownCase) => Buffer.from(one.textHash).equals(textHash)
  if (named && !isSame(named)) return { kind: 'new', archives: named.id }
  const same = named ?? known.find(isSame)
  return same
    ? { kind: 'known', id: same.id, externalId: same.externalId }
    : { kind: 'new', archives: null }
}
