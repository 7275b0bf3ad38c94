import { createHash } from 'node:crypto'
import { type ErrorName, isErrorName } from './errors'
import { drawLatency, type Latency, readLatency } from './latency'
import { MALFORMED_KINDS, type MalformedKind } from './malformed'
import { PACK_FAULT_KINDS, type PackFault, type PackFaultKind } from './packs'
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
  /** Share of packs of which an item is missing, doubled or under another id. */
  packFaultRate: number
  packFaultKinds: readonly PackFaultKind[]
  /** Tokens of a prompt beyond which it is refused, as by a model that counts more of them; null: its own window. */
  window: number | null
  /** Prompts with this text in them are refused as not valid. */
  refusedText: string | null
  latencyMs: Latency
  /** By model, for those that differ from `latencyMs`. */
  latencyByModel: Readonly<Record<string, Latency>>
}

export const NO_FAULTS: Faults = {
  seed: 1,
  throttleRate: 0,
  errorRate: {},
  hang: 0,
  malformedRate: 0,
  malformedKinds: MALFORMED_KINDS,
  cutOffRate: 0,
  packFaultRate: 0,
  packFaultKinds: PACK_FAULT_KINDS,
  window: null,
  refusedText: null,
  latencyMs: { min: 0, max: 0 },
  latencyByModel: {},
}

/** What one call meets. */
export type Fate = {
  latencyMs: number
  error: ErrorName | null
  hangs: boolean
  malformed: MalformedKind | null
  cutOff: boolean
  pack: PackFault | null
}

/**
 * The fate of the `attempt`-th call with this content: the same seed, content and attempt always
 * meet the same, whatever happens around them, and the next attempt meets another. Nothing is drawn
 * for what cannot happen: hashing long prompts is most of what a call costs here.
 */
export function chooseFate(faults: Faults, content: string, attempt: number, modelId = ''): Fate {
  const draw = makeDraw(faults.seed, attempt, content)
  const happens = (what: string, rate: number) => rate > 0 && draw(what) < rate
  const pick = <T>(what: string, kinds: readonly T[]) =>
    kinds[Math.floor(draw(what) * kinds.length)] ?? null
  const stops = listStops(faults).filter(([, rate]) => rate > 0)
  const stopped = stops.length > 0 ? chooseStop(stops, draw('stop')) : null
  const kind = happens('pack', faults.packFaultRate)
    ? pick('pack kind', faults.packFaultKinds)
    : null
  return {
    latencyMs: drawLatency(faults.latencyByModel[modelId] ?? faults.latencyMs, draw),
    error: stopped === 'hang' ? null : stopped,
    hangs: stopped === 'hang',
    malformed: happens('malformed', faults.malformedRate)
      ? pick('kind', faults.malformedKinds)
      : null,
    cutOff: happens('cut off', faults.cutOffRate),
    pack: kind === null ? null : { kind, place: draw('pack place') },
  }
}

/** Numbers from 0 to 1 by name, which follow from seed, attempt and content. */
export function makeDraw(seed: number, attempt: number, content: string): (what: string) => number {
  return (what) => {
    const digest = createHash('sha256').update(`${seed}\n${attempt}\n${what}\n${content}`).digest()
    return digest.readUInt32BE() / 2 ** 32
  }
}

type Stop = [ErrorName | 'hang', number]

function chooseStop(stops: readonly Stop[], point: number): ErrorName | 'hang' | null {
  let left = point
  for (const [what, rate] of stops) {
    if (left < rate) return what
    left -= rate
  }
  return null
}

function listStops({ throttleRate, errorRate, hang }: Faults): Stop[] {
  const errors = Object.entries(errorRate).flatMap(([name, rate]): Stop[] =>
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
    malformedKinds: readKinds(given.malformedKinds, MALFORMED_KINDS, 'malformed kind'),
    cutOffRate: rate('cutOffRate'),
    packFaultRate: rate('packFaultRate'),
    packFaultKinds: readKinds(given.packFaultKinds, PACK_FAULT_KINDS, 'pack fault'),
    window: readNumber(given.window, 'window', 1, Number.MAX_SAFE_INTEGER),
    refusedText: given.refusedText == null ? null : readText(given.refusedText, 'refusedText'),
    latencyMs: readLatency(given.latencyMs ?? {}, 'latencyMs'),
    latencyByModel: Object.fromEntries(
      Object.entries(readObject(given.latencyByModel ?? {}, 'latencyByModel')).map(
        ([model, one]) => [model, readLatency(one, `latencyByModel.${model}`)],
      ),
    ),
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

function readKinds<T extends string>(
  value: unknown,
  all: readonly T[],
  what: string,
): readonly T[] {
  if (value === undefined) return all
  return readList(value, `${what}s`).map((one) => {
    const name = readText(one, `${what}s`)
    const kind = all.find((known) => known === name)
    if (kind === undefined) throw invalid(`There is no ${what} called '${name}'.`)
    return kind
  })
}
