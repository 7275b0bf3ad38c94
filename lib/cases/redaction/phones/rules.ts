import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { Finder } from '../schema'

/** A number with its country's, by "+" or by the two noughts that stand for it in most countries. */
const START = /(?<![\p{L}\p{N}._/#-])(?:[+＋]|00(?=[ -]?[1-9]))/gu
/** As far as digits and what stands between them go. */
const REST = /[ ]?(?:\(?\p{Nd}\)?[ ./()\u00A0\u2010-\u2013-]{0,2}){7,17}/uy
const EXTENSION = /[ ,;]{0,2}(?:ext|extension|x|durchwahl|dw|poste)[.: ]{0,2}\d{1,6}(?!\d)/iuy
const SHORTEST = 8
/** So many are looked at in one text: more are a list of numbers, or made to hold the machine up. */
const MOST = 2_000

/**
 * International numbers that exist by the numbering plan of their country (libphonenumber), whatever
 * stands between their digits. Not for the browser: the plans weigh more than the page.
 */
export const internationalPhones: Finder = {
  kind: 'phone',
  find(text) {
    const found: { start: number; end: number }[] = []
    let tried = 0
    for (const { 0: sign, index } of text.matchAll(START)) {
      if (index < (found.at(-1)?.end ?? 0)) continue
      if (tried++ >= MOST) break
      const end = findEnd(text, index, sign)
      if (end !== null) found.push({ start: index, end })
    }
    return found
  },
}

/** Digits are taken away at the end until a number of the plan is left. */
function findEnd(text: string, start: number, sign: string): number | null {
  REST.lastIndex = start + sign.length
  const rest = REST.exec(text)?.[0].replace(/[^\p{Nd})]+$/u, '')
  if (rest === undefined) return null
  const from = start + sign.length
  for (const cut of [rest, rest.replace(/[^\p{Nd}]+\p{Nd}{1,2}\)?$/u, '')]) {
    if (cut.length < SHORTEST) continue
    if (!parsePhoneNumberFromString(`+${cut.trimStart()}`)?.isValid()) continue
    EXTENSION.lastIndex = from + cut.length
    return from + cut.length + (EXTENSION.exec(text)?.[0].length ?? 0)
  }
  return null
}
