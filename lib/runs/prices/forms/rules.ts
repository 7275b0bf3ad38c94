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

/** What is usual where nothing is typed for cached tokens, as shares of plain input. */
const USUAL = { cacheWrite: 1.25, cacheRead: 0.1 } as const
type CacheField = keyof typeof USUAL

const findUsual = (field: CacheField, input: number): number => Math.round(input * USUAL[field])

/** What a form begins with. What is usual stays empty, so that it follows the input when that changes. */
export function typePrice(price: Price | null): TypedPrice {
  if (price === null) return NO_PRICE
  const cached = (field: CacheField) =>
    price[field] === findUsual(field, price.input) ? '' : String(price[field] / 1e6)
  return {
    input: String(price.input / 1e6),
    output: String(price.output / 1e6),
    ...{ cacheWrite: cached('cacheWrite'), cacheRead: cached('cacheRead') },
    batchPercent: String(Math.round(price.batchShare * 100)),
  }
}

/** A number as it was typed; NaN where it is none that a price can be. */
function readDollars(text: string): number {
  const trimmed = text.trim()
  const value = /^(?:\d+\.?\d*|\.\d+)$/.test(trimmed) ? Number(trimmed) : Number.NaN
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
  const cached = (field: CacheField) =>
    typed[field].trim() === '' ? findUsual(field, input) : readDollars(typed[field])
  const price = {
    ...{ input, output: readDollars(typed.output) },
    ...{ cacheWrite: cached('cacheWrite'), cacheRead: cached('cacheRead') },
    batchPercent: readPercent(typed.batchPercent),
  }
  const fields = ['input', 'output', 'cacheWrite', 'cacheRead', 'batchPercent'] as const
  const wrong = fields.filter(
    (field) =>
      Number.isNaN(price[field]) &&
      (field === 'input' || typed[field].trim() !== '' || !isCached(field)),
  )
  return { price: wrong.length === 0 ? price : null, wrong }
}

/** What an empty field for cached tokens stands for, to be shown in it; '' while no input is known. */
export function sayUsual(field: TypedField, typed: TypedPrice): string {
  const input = readDollars(typed.input)
  if (!isCached(field) || Number.isNaN(input)) return ''
  return String(findUsual(field, input) / 1e6)
}

const isCached = (field: TypedField): field is CacheField => field in USUAL

/** Why a field holds no price. */
export function explainWrong(field: TypedField, text: string): string {
  if (field === 'batchPercent') return 'A whole number from 0 to 100.'
  // 1,5 and 1,500 both are written with a comma, by different people.
  return text.includes(',')
    ? 'No commas, please: a point before the cents, as in 1.50, and nothing between thousands.'
    : 'Dollars, from 0 to 10,000.'
}

/** What puts a price back as it was: the one that had been set, or none. */
export function formerPrice(price: Price | null): PriceInput['price'] {
  if (!price?.own) return null
  const { input, output, cacheWrite, cacheRead, batchShare } = price
  return { input, output, cacheWrite, cacheRead, batchPercent: Math.round(batchShare * 100) }
}
