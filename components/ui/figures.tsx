/** A space at which no line breaks, between a figure and its unit. */
const GAP = '\u00a0'

const NONE = '–'

type Figure = number | null | undefined

const missing = (value: Figure): value is null | undefined =>
  value === null || value === undefined || !Number.isFinite(value)

/** 0..1 → "84.0 %"; "–" where there is none. */
export function percent(share: Figure, digits = 1): string {
  return missing(share) ? NONE : `${(share * 100).toFixed(digits)}${GAP}%`
}

/** 0..1, 0..1 → "77.3 – 89.0 %". */
export function interval(low: Figure, high: Figure, digits = 1): string {
  if (missing(low) || missing(high)) return NONE
  return `${(low * 100).toFixed(digits)}${GAP}–${GAP}${percent(high, digits)}`
}

const COUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** 12345 → "12,345". */
export const count = (value: Figure): string => (missing(value) ? NONE : COUNT.format(value))

/** Millionths of a dollar → "$4.12"; below ten cents with the digits that matter: "$0.0038". */
export function money(millionths: Figure): string {
  if (missing(millionths)) return NONE
  const dollars = millionths / 1e6
  if (dollars !== 0 && Math.abs(dollars) < 0.1) {
    const text = dollars.toFixed(6).replace(/0+$/, '')
    const [whole, part = ''] = text.split('.')
    const firstDigit = part.search(/[1-9]/)
    return `$${whole}.${part.slice(0, Math.max(2, firstDigit + 2)).padEnd(2, '0')}`
  }
  return `$${dollars.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/**
 * ISO time → "3 Nov 2026, 14:05 UTC", the same on server and client. For the person's own time zone
 * use `<Time>`. Month names are spelled out here because browsers and Node disagree on some.
 */
export function dateTime(iso: string | null | undefined): string {
  const date = iso ? new Date(iso) : null
  if (!date || Number.isNaN(date.getTime())) return NONE
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
  return `${day}, ${clock(date.getUTCHours(), date.getUTCMinutes())} UTC`
}

/** "2026-12-04" → "4 Dec 2026". */
export function day(date: string): string {
  const [year, month, dayOfMonth] = date.split('-').map(Number)
  return `${dayOfMonth} ${MONTHS[(month ?? 0) - 1]} ${year}`
}

/** The same in the time zone of the machine it runs on: "3 Nov 2026, 14:05". */
export function localDateTime(iso: string): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return NONE
  const day = `${date.getDate()} ${MONTHS[date.getMonth()]} ${date.getFullYear()}`
  return `${day}, ${clock(date.getHours(), date.getMinutes())}`
}

const clock = (hours: number, minutes: number) =>
  `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`

/** Milliseconds → "340 ms", "4.2 s", "3 min 20 s", "2 h 5 min". */
export function duration(ms: Figure): string {
  if (missing(ms)) return NONE
  if (ms < 1_000) return `${Math.round(ms)}${GAP}ms`
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)}${GAP}s`
  const seconds = Math.round(ms / 1_000)
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}${GAP}min ${seconds % 60}${GAP}s`
  const minutes = Math.round(seconds / 60)
  return `${Math.floor(minutes / 60)}${GAP}h ${minutes % 60}${GAP}min`
}

/** Below that an estimate would be surer than anybody is of it. */
const SURE_MS = 10_000

/** What something may take, as far as one can tell beforehand → "some seconds", "about 3 min 20 s". */
export function roughly(ms: Figure): string {
  if (missing(ms)) return NONE
  if (ms < SURE_MS) return 'some seconds'
  return ms < 59_500 ? `about ${Math.round(ms / 1_000)}${GAP}s` : `about ${duration(ms)}`
}
