import { cleanText, readCell } from '@/lib/cases/imports/normalising/text/rules'
import type { ColumnProfile } from '@/lib/cases/imports/schema'
import { readTime } from '@/lib/cases/imports/times/rules'

const SAMPLES = 3
const SAMPLE_CHARACTERS = 160
const MAX_VALUES = 200
const MAX_VALUE_CHARACTERS = 200

type Tally = {
  filled: number
  lists: number
  numbers: number
  times: number
  links: number
  others: number
  length: number
  distinct: Set<string>
  samples: string[]
  keys: Map<string, Set<string>>
}

/** Gathers what the columns of a file hold, row by row. */
export function createProfiler() {
  const tallies = new Map<string, Tally>()
  let rows = 0
  return {
    add(values: Record<string, unknown>) {
      rows++
      for (const [name, value] of Object.entries(values)) {
        const tally = tallies.get(name) ?? emptyTally()
        tallies.set(name, tally)
        addValue(tally, value)
      }
    },
    columns: (): ColumnProfile[] =>
      [...tallies].map(([name, tally]) => profileOf(name, tally, rows)),
    count: () => tallies.size,
  }
}

const emptyTally = (): Tally => ({
  filled: 0,
  lists: 0,
  numbers: 0,
  times: 0,
  links: 0,
  others: 0,
  length: 0,
  distinct: new Set(),
  samples: [],
  keys: new Map(),
})

function addValue(tally: Tally, value: unknown): void {
  const text = readCell(value)
  if (text.trim() === '') return
  tally.filled++
  const list = readObjects(value)
  if (list) {
    tally.lists++
    for (const item of list) addKeys(tally, item)
  } else if (typeof value === 'number' || /^-?\d+([.,]\d+)?$/.test(text.trim())) tally.numbers++
  else if (readTime(value)) tally.times++
  else if (/^https?:\/\/\S+$/i.test(text.trim())) tally.links++
  else if (typeof value === 'object') tally.others++
  tally.length += text.length
  tally.distinct.add(text.slice(0, 1_000))
  if (tally.samples.length < SAMPLES) {
    const sample = cleanText(text).slice(0, SAMPLE_CHARACTERS).toWellFormed()
    if (!tally.samples.includes(sample)) tally.samples.push(sample)
  }
}

/** A list of objects, also where a CSV cell holds it as JSON. */
function readObjects(value: unknown): Record<string, unknown>[] | null {
  let list = value
  if (typeof value === 'string' && value.startsWith('[{')) {
    try {
      list = JSON.parse(value)
    } catch {
      return null
    }
  }
  if (!Array.isArray(list) || list.length === 0) return null
  return list.every((item) => typeof item === 'object' && item !== null && !Array.isArray(item))
    ? (list as Record<string, unknown>[])
    : null
}

function addKeys(tally: Tally, item: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(item)) {
    const values = tally.keys.get(key) ?? new Set<string>()
    tally.keys.set(key, values)
    if (values.size <= MAX_VALUES) values.add(readCell(value).slice(0, 200))
  }
}

function profileOf(name: string, tally: Tally, rows: number): ColumnProfile {
  const { filled, distinct } = tally
  const most = (count: number) => filled > 0 && count >= filled * 0.9
  const kind = (): ColumnProfile['kind'] => {
    if (filled === 0) return 'empty'
    if (most(tally.lists)) return 'list'
    if (most(tally.numbers)) return 'number'
    if (most(tally.times)) return 'time'
    if (most(tally.links)) return 'link'
    return most(tally.others) ? 'other' : 'text'
  }
  const short = [...distinct].every((value) => value.length <= MAX_VALUE_CHARACTERS)
  return {
    name,
    kind: kind(),
    filled: rows === 0 ? 0 : filled / rows,
    distinct: distinct.size,
    unique: filled > 0 && distinct.size >= filled * 0.95,
    averageLength: filled === 0 ? 0 : tally.length / filled,
    samples: tally.samples,
    values: distinct.size <= MAX_VALUES && short ? [...distinct].map((value) => value.trim()) : [],
    keys: [...tally.keys.keys()],
    keyValues: Object.fromEntries(
      [...tally.keys].map(([key, values]) => [key, values.size <= 20 ? [...values] : []]),
    ),
  }
}
