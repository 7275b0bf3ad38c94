const ISO =
  /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?|UTC)?$/i
/** "Tue, 3 Mar 2026 10:00:00 GMT", as mail programs write. */
const MAIL = /^[a-z]{3}, \d{1,2} [a-z]{3} \d{4} \d{2}:\d{2}(:\d{2})? ([+-]\d{4}|GMT|UTC)$/i
/** Support cases are younger; small numbers, which are no times, would fall before. */
const EARLIEST = Date.UTC(1980, 0, 1)
const LATEST = Date.UTC(2200, 0, 1)

/**
 * ISO 8601 in UTC, or null where the value is no time. Read are ISO 8601 (without a zone: UTC),
 * mail dates, and seconds or milliseconds since 1970. Not read are dates like 03/04/2026, which
 * mean different days to different people.
 */
export function readTime(value: unknown): string | null {
  if (typeof value === 'number') return fromNumber(value)
  if (typeof value !== 'string') return null
  const text = value.trim()
  if (/^\d{9,13}(\.\d+)?$/.test(text)) return fromNumber(Number(text))
  const iso = ISO.exec(text)
  if (iso) {
    const zone = iso[1]
    const clock = zone ? text.slice(0, -zone.length).trim() : text
    const hasClock = clock.length > 10
    const offset = !zone || /^(Z|UTC)$/i.test(zone) ? 'Z' : withColon(zone)
    return fromDate(
      Date.parse(`${clock.replace(' ', 'T').replace(',', '.')}${hasClock ? offset : ''}`),
    )
  }
  return MAIL.test(text) ? fromDate(Date.parse(text)) : null
}

const withColon = (zone: string) =>
  zone.length === 3
    ? `${zone}:00`
    : zone.includes(':')
      ? zone
      : `${zone.slice(0, 3)}:${zone.slice(3)}`

/** Below 10^11 it is seconds: that many milliseconds end in March 1973. */
const fromNumber = (value: number) => fromDate(value < 1e11 ? value * 1000 : value)

function fromDate(ms: number): string | null {
  if (!(ms >= EARLIEST && ms < LATEST)) return null
  return new Date(ms).toISOString()
}
