import type { Passage } from '../schema'

/** Letters of scripts with spaces: words of the others may stand right beside a number or a word. */
const SPACED = String.raw`\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}`
const WORD = String.raw`${SPACED}\p{N}_`
const DIGITS = new RegExp(String.raw`(?<![${WORD}./#-])\d(?:[ .-]?\d){12,}(?![${WORD}])`, 'gu')

/** Lengths by issuer: of random numbers only every tenth has a right check digit, fewer a right beginning. */
const ISSUERS: readonly [beginning: RegExp, lengths: readonly number[]][] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|2(?:2[2-9]|[3-6]\d|7[01]|720))/, [16]],
  [/^3[47]/, [15]],
  [/^3(?:0[0-5]|[689])/, [14, 16]],
  [/^35(?:2[89]|[3-8])/, [16]],
  [/^(?:6011|6221|64[4-9]|65)/, [16, 19]],
  [/^62/, [16, 17, 18, 19]],
  [/^(?:5018|5020|5038|5893|6304|6759|676[1-3])/, [13, 14, 15, 16, 17, 18, 19]],
]

/** Payment cards: the beginning and length of an issuer, and a right check digit (Luhn). */
export function findCards(text: string): Passage[] {
  return [...text.matchAll(DIGITS)].flatMap(({ 0: run, index }) =>
    cardsIn(run).map(({ start, end }) => ({ start: index + start, end: index + end })),
  )
}

/** Cards may stand between other numbers: each begins and ends with a group of digits. */
function cardsIn(run: string): Passage[] {
  const groups = [...run.matchAll(/\d+/g)].map(({ 0: digits, index }) => ({ digits, index }))
  const found: Passage[] = []
  for (let first = 0; first < groups.length; first++) {
    if (!/^[2-6]/.test(groups[first]?.digits ?? '')) continue
    let number = ''
    for (let last = first; last < groups.length && number.length < 19; last++) {
      const group = groups[last]
      if (!group) break
      number += group.digits
      if (!isCard(number)) continue
      found.push({ start: groups[first]?.index ?? 0, end: group.index + group.digits.length })
      first = last
      break
    }
  }
  return found
}

function isCard(digits: string): boolean {
  return (
    digits.length >= 13 &&
    ISSUERS.some(
      ([beginning, lengths]) => lengths.includes(digits.length) && beginning.test(digits),
    ) &&
    passesLuhn(digits)
  )
}

/** Every second digit from the right doubled, the digits of all added: a multiple of ten. */
function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const weighed = i % 2 === 0 ? digit : digit * 2
    sum += weighed > 9 ? weighed - 9 : weighed
  }
  return sum % 10 === 0
}

/** Characters of an IBAN by country (registry of ISO 13616). */
const IBAN_LENGTHS = new Map(
  `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20
  EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30
  KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 OM23
  PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SD18 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26
  UA29 VA22 VG24 XK20`
    .split(/\s+/)
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
)

const IBAN_START = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?=[ -]?[A-Z0-9])/giu

/** IBANs of the length of their country whose check digits are right (mod 97). */
export function findIbans(text: string): Passage[] {
  return [...text.matchAll(IBAN_START)].flatMap(({ 0: head, index }) => {
    const length = IBAN_LENGTHS.get(head.slice(0, 2).toUpperCase())
    if (length === undefined) return []
    const rest = new RegExp(`(?:[ -]?[A-Z0-9]){${length - 4}}(?![\\p{L}\\p{N}])`, 'iuy')
    rest.lastIndex = index + head.length
    const tail = rest.exec(text)?.[0]
    if (tail === undefined || !passesMod97(`${head}${tail}`.replace(/[ -]/g, ''))) return []
    return [{ start: index, end: index + head.length + tail.length }]
  })
}

/** The first four characters moved to the end, letters as 10 to 35: the rest of dividing by 97 is 1. */
function passesMod97(iban: string): boolean {
  let rest = 0
  for (const character of `${iban.slice(4)}${iban.slice(0, 4)}`) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}

/** With a country's number: nothing else is written so. */
const INTERNATIONAL = String.raw`\+[ ]?[1-9](?:[ ./()-]{0,3}\d){6,14}`
/** North America, area codes and exchanges begin with 2 to 9. */
const NORTH_AMERICAN = String.raw`(?:1[ .-])?(?:\([2-9]\d{2}\)[ ]?|[2-9]\d{2}[ .-])[2-9]\d{2}[ .-]\d{4}`
/** Elsewhere within a country: a nought in front or an area code in brackets, and something between the groups. */
const NATIONAL = String.raw`(?:\(\d{2,5}\)|0\d{1,5})[ /.-]{1,2}\d{2,8}(?:[ .-]\d{2,8}){0,5}`
const PHONE = new RegExp(
  `(?:(?<![${WORD}./#+-])${INTERNATIONAL}|(?<![${WORD}.:/#=+-])(?:${NORTH_AMERICAN}|${NATIONAL}))(?![${WORD}]|[-.:/]\\d)`,
  'gu',
)
const DEVICE = `(?:tele|tel[eé])?(?:phone|fone|fon|foon|fono|fax)|t[eé]l[eé]phone|tel[eé]fono|telefone?|mobile?|m[oó]vil|cell|cellulare|celular|handy|portable|whatsapp|sms|tel|hotline|desk line|电话|手机|手机号|電話|携帯|電話番号|携帯番号|전화`
const ITS_NUMBER = `[ ]?(?:number|num[eé]ro|numer|nummer|numara|no|nr|n°|#)`
const MINE = `(?:my|mon|mi|mein|meine|mijn|m[oó]j|meu|il mio|mitt?|our|unsere?|notre)(?:${ITS_NUMBER})`
const CALL = `(?:call|phone|ring|text|reach)[ ](?:me|us)[ ](?:on|at|under)|appelez(?:-moi)?[ ]?(?:le|au)|ll[aá]meme[ ]al|ligue[ ]para|chiamatemi[ ]al|bel[ ](?:mij|ons)[ ]op`
const IS = `(?:[ ](?:is|ist|est|es|è|é|är|er|to))?`
/** Where the words say that it is one, any seven to fifteen digits are. */
const CALLED_PHONE = new RegExp(
  String.raw`(?<![${SPACED}])(?:(?:${DEVICE})(?:${ITS_NUMBER})?|${MINE}|${CALL})\.?${IS}["'*]{0,2}[ :=：は]{0,3}["']?(\+?\(?\d(?:[ ./()-]{0,2}\d){6,14})(?![${WORD}]|[-.:/]\d)`,
  'giu',
)
const DATE =
  /^(?:\d{4}([-./])\d{1,2}\1\d{1,2}|\d{1,2}([-./ ])\d{1,2}\2(?:\d{4}|\d{2}(?!\2\d)))(?!\d)/
/** What a number is called when it is no phone number. */
const OTHER_NUMBER =
  /(?:order|case|ticket|invoice|account|customer|reference|ref|request|article|serial|tracking|sku|isbn(?:-1[03])?|issn|id|bestell|rechnungs?|kunden|artikel|auftrags|vorgangs|lieferschein|rechnung|bestellung|commande|facture|pedido|factura|ordine|fattura|bestelling|factuur|zam[oó]wieni[ae]|注文)(?:番号|[ ]?(?:numbers?|nummer|num[eé]ro|n[uú]mero|no|nr|n°|id))?\.?[ :#]{0,3}$/i

/** No number is shorter, and most texts have none so long: that is seen faster than what it is. */
const HAS_LONG_NUMBER = /\d(?:[ ./()-]{0,3}\d){6}/

/** Phone numbers, but no dates, and no numbers that the words before call something else. */
export function findPhones(text: string): Passage[] {
  if (!HAS_LONG_NUMBER.test(text)) return []
  const shaped = [...text.matchAll(PHONE)]
    .filter(({ 0: number, index }) => {
      if (number.startsWith('+')) return true
      const digits = number.replace(/\D/g, '').length
      return (
        digits >= 9 &&
        digits <= 13 &&
        !DATE.test(number) &&
        !OTHER_NUMBER.test(text.slice(Math.max(0, index - 30), index))
      )
    })
    .map(({ 0: number, index }) => ({ start: index, end: index + number.length }))
  const called = [...text.matchAll(CALLED_PHONE)]
    .filter(({ 1: number = '' }) => !DATE.test(number))
    .map(({ 0: all, 1: number = '', index }) => ({
      start: index + all.length - number.length,
      end: index + all.length,
    }))
  return [...called, ...shaped]
}
