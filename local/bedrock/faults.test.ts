import { describe, expect, it } from 'vitest'
import { chooseFate, NO_FAULTS } from './faults'

const CALLS = 4_000

describe('chooseFate', () => {
  it('gives each fault its share, and keeps latency within its bounds', () => {
    const faults = {
      ...NO_FAULTS,
      throttleRate: 0.1,
      errorRate: { ModelErrorException: 0.2 },
      hang: 0.05,
      malformedRate: 0.3,
      cutOffRate: 0.4,
      latencyMs: { min: 20, max: 30 },
    }
    const fates = Array.from({ length: CALLS }, (_, n) => chooseFate(faults, `case ${n}`, 1))
    const share = (is: (fate: (typeof fates)[number]) => boolean) =>
      fates.filter(is).length / fates.length
    expect(share(({ error }) => error === 'ThrottlingException')).toBeCloseTo(0.1, 1)
    expect(share(({ error }) => error === 'ModelErrorException')).toBeCloseTo(0.2, 1)
    expect(share(({ hangs }) => hangs)).toBeCloseTo(0.05, 1)
    expect(share(({ malformed }) => malformed !== null)).toBeCloseTo(0.3, 1)
    expect(share(({ cutOff }) => cutOff)).toBeCloseTo(0.4, 1)
    expect(new Set(fates.map(({ malformed }) => malformed)).size).toBe(
      NO_FAULTS.malformedKinds.length + 1,
    )
    const latencies = fates.map(({ latencyMs }) => latencyMs)
    expect(Math.min(...latencies)).toBeGreaterThanOrEqual(20)
    expect(Math.max(...latencies)).toBeLessThan(30)
    expect(new Set(latencies).size).toBeGreaterThan(CALLS / 2)
  })

  it('draws lognormal latencies, by model where one has its own', () => {
    const faults = {
      ...NO_FAULTS,
      latencyMs: { p50: 800, p95: 2_400 },
      latencyByModel: { fast: { min: 50, max: 50 } },
    }
    const latencies = Array.from(
      { length: CALLS },
      (_, n) => chooseFate(faults, `case ${n}`, 1, 'slow').latencyMs,
    ).sort((a, b) => a - b)
    const at = (share: number) => latencies[Math.floor(share * CALLS)] ?? 0
    expect(Math.abs(at(0.5) - 800)).toBeLessThan(50)
    expect(Math.abs(at(0.95) - 2_400)).toBeLessThan(200)
    expect(chooseFate(faults, 'case 1', 1, 'fast').latencyMs).toBe(50)
  })

  it('follows from seed, content and attempt', () => {
    const faults = { ...NO_FAULTS, latencyMs: { min: 0, max: 1_000 } }
    const fate = chooseFate(faults, 'a', 1)
    expect(chooseFate(faults, 'a', 1)).toEqual(fate)
    expect(chooseFate(faults, 'a', 2)).not.toEqual(fate)
    expect(chooseFate(faults, 'b', 1)).not.toEqual(fate)
    expect(chooseFate({ ...faults, seed: 2 }, 'a', 1)).not.toEqual(fate)
  })

  it('does nothing unless asked', () => {
    expect(chooseFate(NO_FAULTS, 'a', 1)).toEqual({
      latencyMs: 0,
      error: null,
      hangs: false,
      malformed: null,
      cutOff: false,
      pack: null,
    })
  })
})
