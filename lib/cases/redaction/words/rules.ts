import type { ReplacedKind } from '../schema'

/** What each kind is called where people read of it: one, several. */
export const KIND_WORDS: Readonly<Record<ReplacedKind, readonly [one: string, many: string]>> = {
  email: ['e-mail address', 'e-mail addresses'],
  phone: ['phone number', 'phone numbers'],
  card: ['card number', 'card numbers'],
  iban: ['IBAN', 'IBANs'],
  ip: ['IP address', 'IP addresses'],
  secret: ['key or password', 'keys or passwords'],
  field: ['value of a field', 'values of fields'],
  author: ['author’s name', 'authors’ names'],
}

const KINDS = Object.keys(KIND_WORDS) as ReplacedKind[]

/** "2 e-mail addresses, 1 IBAN"; empty for none. */
export function tellKinds(kinds: readonly ReplacedKind[]): string {
  return KINDS.flatMap((kind) => {
    const n = kinds.filter((one) => one === kind).length
    const [one, many] = KIND_WORDS[kind]
    return n === 0 ? [] : [`${n} ${n === 1 ? one : many}`]
  }).join(', ')
}
