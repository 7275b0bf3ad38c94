import type { Price, PriceInput } from '../schema'

/** Prices as somebody types them: dollars per million tokens, and per cent. */
export type TypedPrice = {
  input: string
  output: string
  cacheWrite: string
  cacheRead: string
  batchPercent: string
}

export type TypedField = keyof TypedPrice

const NO_PRICE: TypedPrice = {
  ...{ input: '', output: '', cacheWrite: '', cacheRead: '' },
  batchPercent: '50',
}

/** What a form begins with. */
export function typePrice(price: Price | null): TypedPrice {
  if (price === null) return NO_PRICE
  return {
    input: String(price.input / 1e6),
    output: String(price.output / 1e6),
    cacheWrite: String(price.cacheWrite / 1e6),
    cacheRead: String(price.cacheRead / 1e6),
    batchPercent: String(Math.round(price.batchShare * 100)),
  }
}

/** What is usual where nothing is typed for cached tokens, as shares of plain input. */
const USUAL = { cacheWrite: 1.25, cacheRead: 0.1 } as const

/** A number as it was typed, with a comma or a point; NaN where it is none that a price can be. */
function readDollars(text: string): number {
  const trimmed = text.trim().replace(',', '.')
  const value = trimmed === '' ? Number.NaN : Number(trimmed)
  return value >= 0 && value <= 10_000 ? Math.round(value * 1e6) : Number.NaN
}

function readPercent(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  return Number.isInteger(value) && value >= 0 && value <= 100 ? value : Number.NaN
}

/** The price that was typed, and the fields that hold none. Cached tokens may stay empty: the usual. */
export function readTyped(typed: TypedPrice): {
  price: PriceInput['price']
  wrong: TypedField[]
} {
  const input = readDollars(typed.input)
  const cached = (field: keyof typeof USUAL) =>
    typed[field].trim() === '' ? Math.round(input * USUAL[field]) : readDollars(typed[field])
  const price = {
    ...{ input, output: readDollars(typed.output) },
    ...{ cacheWrite: cached('cacheWrite'), cacheRead: cached('cacheRead') },
    batchPercent: readPercent(typed.batchPercent),
  }
  const fields = ['input', 'output', 'cacheWrite', 'cacheRead', 'batchPercent'] as const
  const wrong = fields.filter(
    (field) =>
      Number.isNaN(price[field]) &&
      (field === 'input' || typed[field].trim() !== '' || !(field in USUAL)),
  )
  return { price: wrong.length === 0 ? price : null, wrong }
}

/** What puts a price back as it was: the one that had been set, or none. */
export function formerPrice(price: Price | null): PriceInput['price'] {
  if (!price?.own) return null
  const { input, output, cacheWrite, cacheRead, batchShare } = price
  return { input, output, cacheWrite, cacheRead, batchPercent: Math.round(batchShare * 100) }
}
