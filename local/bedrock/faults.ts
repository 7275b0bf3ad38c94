import { createHash } from 'node:crypto'
import { type ErrorName, isErrorName } from './errors'
import { MALFORMED_KINDS, type MalformedKind } from './malformed'
import { invalid, readList, readNumber, readObject, readText } from './shape'

/** What goes wrong, and how often: rates are shares of calls from 0 to 1. */
export type Faults = {
  seed: number
  throttleRate: number
  /** Further errors by name. Together with `throttleRate` and `hang` at most 1. */
  errorRate: Partial<Record<ErrorName, number>>
  /** Share of calls that are never answered. */
  hang: number
  malformedRate: number
  malformedKinds: readonly MalformedKind[]
  /** Share of answers that end half-way with stop reason max_tokens. */
  cutOffRate: number
  latencyMs: { min: number; max: number }
}

export const NO_FAULTS: Faults = {
  seed: 1,
  throttleRate: 0,
  errorRate: {},
  hang: 0,
  malformedRate: 0,
  malformedKinds: MALFORMED_KINDS,
  cutOffRate: 0,
  latencyMs: { min: 0, max: 0 },
}

/** What one call meets. */
export type Fate = {
  latencyMs: number
  error: ErrorName | null
  hangs: boolean
  malformed: MalformedKind | null
  cutOff: boolean
}

/**
 * The fate of the `attempt`-th call with this content: the same seed, content and attempt always
 * meet the same, whatever happens around them, and the next attempt meets another.
 */
export function chooseFate(faults: Faults, content: string, attempt: number): Fate {
  const draw = (what: string) => {
    const digest = createHash('sha256')
      .update(`${faults.seed}\n${attempt}\n${what}\n${content}`)
      .digest()
    return digest.readUInt32BE() / 2 ** 32
  }
  const { min, max } = faults.latencyMs
  const stopped = chooseStop(faults, draw('stop'))
  const malformed = draw('malformed') < faults.malformedRate
  const kind = Math.floor(draw('kind') * faults.malformedKinds.length)
  return {
    latencyMs: min + draw('latency') * (max - min),
    error: stopped === 'hang' ? null : stopped,
    hangs: stopped === 'hang',
    malformed: malformed ? (faults.malformedKinds[kind] ?? null) : null,
    cutOff: draw('cut off') < faults.cutOffRate,
  }
}

function chooseStop(faults: Faults, point: number): ErrorName | 'hang' | null {
  let left = point
  for (const [what, rate] of listStops(faults)) {
    if (left < rate) return what
    left -= rate
  }
  return null
}

function listStops({ throttleRate, errorRate, hang }: Faults): [ErrorName | 'hang', number][] {
  const errors = Object.entries(errorRate).flatMap(([name, rate]): [ErrorName, number][] =>
    isErrorName(name) ? [[name, rate]] : [],
  )
  return [['ThrottlingException', throttleRate], ['hang', hang], ...errors]
}

/** Faults from a control request's body; what is not named stays without fault. */
export function readFaults(body: unknown): Faults {
  const given = readObject(body, 'faults')
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(NO_FAULTS, key))
  if (unknown !== undefined) throw invalid(`There is no fault called '${unknown}'.`)
  const rate = (key: keyof Faults) => readNumber(given[key], key, 0, 1) ?? 0
  const faults: Faults = {
    seed: readNumber(given.seed, 'seed', 0, Number.MAX_SAFE_INTEGER) ?? NO_FAULTS.seed,
    throttleRate: rate('throttleRate'),
    errorRate: readErrorRate(given.errorRate ?? {}),
    hang: typeof given.hang === 'boolean' ? Number(given.hang) : rate('hang'),
    malformedRate: rate('malformedRate'),
    malformedKinds: readKinds(given.malformedKinds ?? MALFORMED_KINDS),
    cutOffRate: rate('cutOffRate'),
    latencyMs: readLatency(given.latencyMs ?? {}),
  }
  const sum = listStops(faults).reduce((total, [, share]) => total + share, 0)
  if (sum > 1 + 1e-9) throw invalid('throttleRate, errorRate and hang together exceed 1.')
  return faults
}

function readErrorRate(value: unknown): Faults['errorRate'] {
  const rates: Faults['errorRate'] = {}
  for (const [name, rate] of Object.entries(readObject(value, 'errorRate'))) {
    if (!isErrorName(name)) throw invalid(`There is no error called '${name}'.`)
    rates[name] = readNumber(rate, `errorRate.${name}`, 0, 1) ?? 0
  }
  return rates
}

function readKinds(value: unknown): readonly MalformedKind[] {
  const names = readList(value, 'malformedKinds').map((one) => readText(one, 'malformedKinds'))
  return names.map((name) => {
    const kind = MALFORMED_KINDS.find((one) => one === name)
    if (kind === undefined) throw invalid(`There is no malformed kind called '${name}'.`)
    return kind
  })
}

function readLatency(value: unknown): Faults['latencyMs'] {
  const given = readObject(value, 'latencyMs')
  const min = readNumber(given.min, 'latencyMs.min', 0, 600_000) ?? 0
  const max = readNumber(given.max, 'latencyMs.max', 0, 600_000) ?? min
  if (max < min) throw invalid('latencyMs.max is below latencyMs.min.')
  return { min, max }
}
