import { invalid, readNumber, readObject } from './shape'

/** Milliseconds: evenly between two bounds, or lognormal with this median and 95th percentile. */
export type Latency = { min: number; max: number } | { p50: number; p95: number }

const LONGEST = 600_000
/** The 95th percentile of the standard normal distribution. */
const Z95 = 1.644_853_6

/** `draw` gives a number from 0 to 1 for a name, always the same one. */
export function drawLatency(latency: Latency, draw: (what: string) => number): number {
  if ('min' in latency) {
    const { min, max } = latency
    return min === max ? min : min + draw('latency') * (max - min)
  }
  const { p50, p95 } = latency
  if (p50 === p95) return p50
  // Box and Muller's way to a normal number; 1 - x keeps the logarithm off zero.
  const normal =
    Math.sqrt(-2 * Math.log(1 - draw('latency'))) * Math.cos(2 * Math.PI * draw('latency turn'))
  return Math.min(LONGEST, p50 * Math.exp((Math.log(p95 / p50) / Z95) * normal))
}

/** A number is a fixed latency. */
export function readLatency(value: unknown, path: string): Latency {
  if (typeof value === 'number') {
    const fixed = readNumber(value, path, 0, LONGEST) ?? 0
    return { min: fixed, max: fixed }
  }
  const given = readObject(value, path)
  const read = (key: string, least: number) =>
    readNumber(given[key], `${path}.${key}`, least, LONGEST)
  if (given.p50 !== undefined || given.p95 !== undefined) {
    const p50 = read('p50', 0.001)
    const p95 = read('p95', 0.001) ?? p50
    if (p50 === null || p95 === null) throw invalid(`${path}.p50 is missing.`)
    if (p95 < p50) throw invalid(`${path}.p95 is below ${path}.p50.`)
    return { p50, p95 }
  }
  const min = read('min', 0) ?? 0
  const max = read('max', 0) ?? min
  if (max < min) throw invalid(`${path}.max is below ${path}.min.`)
  return { min, max }
}
