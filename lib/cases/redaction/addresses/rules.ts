import type { Passage } from '../schema'

/** Of the scripts in which addresses are written: between Japanese words one begins with its own letters. */
const LETTER = String.raw`\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}`
const LOCAL = String.raw`[${LETTER}\p{N}._%+'-]{1,64}`
const LABEL = String.raw`[${LETTER}\p{N}](?:[${LETTER}\p{N}-]{0,61}[${LETTER}\p{N}])?`
const LAST_LABEL = String.raw`(?:xn--[a-z0-9-]{2,40}|[${LETTER}]{2,24})(?![${LETTER}\p{N}])`
const EMAIL = new RegExp(
  String.raw`(?<![${LETTER}\p{N}._%+'-])${LOCAL}(?:@|(?<=%40))(?:${LABEL}\.){1,8}${LAST_LABEL}`,
  'giu',
)
/** As people write it for machines not to read it: "jane (at) example [dot] com". */
const SPELT_EMAIL = new RegExp(
  String.raw`(?<![${LETTER}\p{N}._%+'-])${LOCAL}[ ]?[[({][ ]?(?:at|ät|arroba|chez|chiocciola)[ ]?[\])}][ ]?(?:${LABEL}[ ]?(?:\.|[[({][ ]?(?:dot|punkt|point|punto|ponto)[ ]?[\])}])[ ]?){1,8}${LAST_LABEL}`,
  'giu',
)

const CAPITALS_EMAIL =
  /(?<![\w.%+-])[\w.%+-]{1,64} AT [A-Za-z0-9-]{1,63}(?: DOT [A-Za-z0-9-]{1,63}){1,6}(?![\w])/g

export function findEmails(text: string): Passage[] {
  const plain = /@|%40/.test(text) ? [...text.matchAll(EMAIL)] : []
  const spelt = /[[({]/.test(text) ? [...text.matchAll(SPELT_EMAIL)] : []
  const capitals = text.includes(' AT ') ? [...text.matchAll(CAPITALS_EMAIL)] : []
  return [...plain, ...spelt, ...capitals]
    .map(({ 0: email, index }) => {
      // A mark that ends the sentence before is none of the address.
      const start = index + (email.match(/^[.%+'-]+/)?.[0].length ?? 0)
      return { start, end: index + email.length }
    })
    .filter(({ start }) => !text.startsWith('git@', start))
}

const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])'
/** Four numbers after "version" are a version. */
const IPV4 = new RegExp(
  String.raw`(?<![\w.-])(?<!\b(?:v|version|release|build)[:.]?\s?)${OCTET}(?:(?:\.|\[\.\])${OCTET}){3}(?![\w-]|\.\d)`,
  'gi',
)
/** As names of machines have it: ip-10-0-12-5. */
const IPV4_NAME = new RegExp(String.raw`(?<=\bip-)${OCTET}(?:-${OCTET}){3}(?![\w-])`, 'gi')
const IPV6 = /(?<![\w:.])[0-9a-f:]{2,39}(?:\.\d{1,3}){0,3}(?:%\w{1,20})?(?![\w:])/gi

export function findIpAddresses(text: string): Passage[] {
  const dotted = /\d\]?\.\[?\d/.test(text) || text.includes('[.]') ? [...text.matchAll(IPV4)] : []
  const named = text.includes('ip-') ? [...text.matchAll(IPV4_NAME)] : []
  const four = [...dotted, ...named].filter(({ 0: address }) => !isNobodys(address))
  const six = /:[0-9a-f]{0,4}:/i.test(text)
    ? [...text.matchAll(IPV6)].filter(({ 0: address }) => isIpv6(address.replace(/%.*/, '')))
    : []
  return [...four, ...six].map(({ 0: address, index }) => ({
    start: index,
    end: index + address.length,
  }))
}

/** Every machine's own address, and "anywhere": they say nothing of a person, and much of the case. */
function isNobodys(address: string): boolean {
  return /^(?:127\.|0\.0\.0\.0$|255\.255\.255\.255$)/.test(address)
}

/** Not `::`, `::1`, nor letters on both sides of `::`, which are names in code. */
function isIpv6(address: string): boolean {
  const halves = address.split('::')
  if (halves.length > 2 || !/[0-9]/.test(address) || /^::1?$/.test(address)) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1) ?? ''
  const dotted = last.includes('.')
  if (dotted && !new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`).test(last)) return false
  const plain = dotted ? groups.slice(0, -1) : groups
  if (!plain.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false
  const size = plain.length + (dotted ? 2 : 0)
  return halves.length === 2 ? size >= 2 && size <= 7 : size === 8
}
