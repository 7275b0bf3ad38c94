import { compare, type Figure } from './figures'

/** So many tries of each size; the fastest counts. Time of the processor, which waits for nobody. */
const TRIES = 7
/** Below it a clock says nothing: a part that is faster can’t have run away. */
const LEAST_MS = 2
/** Work in proportion takes twice as long; work by the square four times. */
const MOST = 3

/** Something that is done to an input made as large as is asked. */
export type Growing = { name: string; make: (size: number) => () => unknown }

/**
 * How much longer twice the input takes, of the worst of several, so that no input can hold the machine
 * up. A ratio of two times of the same run: a slow machine is slow for both.
 */
export function measureGrowth(
  part: Figure['part'],
  name: string,
  growing: readonly Growing[],
  size: number,
): Figure {
  const ratios = growing.map((one) => {
    const single = time(one.make(size))
    const double = time(one.make(2 * size))
    return { name: one.name, ratio: double / Math.max(single, LEAST_MS) }
  })
  const [worst] = ratios.sort((a, b) => b.ratio - a.ratio)
  return compare(
    {
      part,
      name: growing.length > 1 ? `${name}, the worst of ${growing.length}` : name,
      value: worst?.ratio ?? 0,
      unit: '×',
    },
    { name: 'limit for work in proportion', value: MOST },
    { atMost: 1 },
  )
}

function time(work: () => unknown): number {
  const times = Array.from({ length: TRIES }, () => {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1_000
  })
  return Math.min(...times)
}
