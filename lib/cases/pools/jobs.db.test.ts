import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { createProject } from '@/lib/platform/testing/fixtures'
import { poolCases } from './jobs'
import { poolOfText } from './rules'

const hash = (text: string) => createHash('sha256').update(text).digest()

/** Cases as an import leaves them, in this order. */
async function addCases(projectId: string, texts: readonly string[]): Promise<void> {
  await db.case.createMany({
    data: texts.map((text, index) => ({
      id: newId(),
      projectId,
      externalId: `${index}-${newId()}`,
      subject: '',
      messages: [{ author: '', role: 'customer', time: null, text }],
      textHash: hash(text),
      characters: text.length,
      rank: Math.random(),
    })),
  })
}

type Pooled = { text: string; pool: string | null; quarantined: boolean; clusterId: string | null }

async function listPooled(projectId: string): Promise<Pooled[]> {
  const rows = await db.case.findMany({ where: { projectId }, orderBy: { id: 'asc' } })
  return rows.map(({ messages, pool, quarantinedAt, clusterId }) => ({
    text: (messages as { text: string }[])[0]?.text ?? '',
    pool,
    quarantined: quarantinedAt !== null,
    clusterId,
  }))
}

const WORDS =
  'the nightly export to our warehouse stops at half since last update and nothing changed on this side so please tell us what log you need'.split(
    ' ',
  )

/** Texts of one family are near-identical: of some hundred words one is changed. */
const family = (n: number, variant: number) =>
  ['', 'a', 'b', n]
    .flatMap((end) => WORDS.map((word) => `${word}${end}`))
    .with(variant % WORDS.length, `variant${variant}`)
    .join(' ')

describe('poolCases', () => {
  it('never puts near-identical texts into different pools, in whatever order and batches they come', async () => {
    const arrival = fc.record({ n: fc.nat(5), variant: fc.nat(11) })
    const batches = fc.array(fc.array(arrival, { minLength: 1, maxLength: 12 }), {
      minLength: 1,
      maxLength: 3,
    })
    await fc.assert(
      fc.asyncProperty(batches, async (imports) => {
        const project = await createProject()
        for (const cases of imports) {
          await addCases(
            project.id,
            cases.map(({ n, variant }) => family(n, variant)),
          )
          await poolCases(project.id)
        }
        const poolsOf = new Map<string, Set<string>>()
        for (const { text, pool } of await listPooled(project.id)) {
          const name = text.split(' ').at(-1) ?? ''
          poolsOf.set(name, (poolsOf.get(name) ?? new Set()).add(pool ?? 'none'))
        }
        for (const pools of poolsOf.values()) expect(pools.size).toBe(1)
      }),
      { numRuns: 25 },
    )
  })

  it('would split these very texts without the clusters', () => {
    const shares = { exampleShare: 60, devShare: 20 }
    const pools = Array.from({ length: 12 }, (_, variant) =>
      poolOfText(hash(family(0, variant)), shares),
    )
    expect(new Set(pools).size).toBeGreaterThan(1)
  })

  it('gives the same text the same pool in every project', async () => {
    const texts = Array.from(
      { length: 40 },
      (_, i) => `alone${i} unlike${i} others${i} entirely${i}`,
    )
    const pools: (string | null)[][] = []
    for (const order of [texts, texts.toReversed()]) {
      const project = await createProject()
      await addCases(project.id, order)
      await poolCases(project.id)
      const pooled = await listPooled(project.id)
      pools.push(texts.map((text) => pooled.find((one) => one.text === text)?.pool ?? null))
    }
    expect(pools[0]).toEqual(pools[1])
    expect(new Set(pools[0])).toEqual(new Set(['example', 'dev', 'test']))
  })

  it('quarantines what bridges two pools and joins what bridges two clusters of one', async () => {
    // Two texts of 20 and a third between them: near to both, which are not near to each other.
    const base = Array.from({ length: 60 }, (_, i) => `w${i}`)
    const bridgeOf = (salt: string) => base.map((word) => `${word}${salt}`)
    const sides = (salt: string) => {
      const bridge = bridgeOf(salt)
      const left = bridge.map((word, i) => (i < 5 ? `left${word}` : word))
      const right = bridge.map((word, i) => (i >= 55 ? `right${word}` : word))
      return [left.join(' '), right.join(' '), bridge.join(' ')] as const
    }
    const shares = { exampleShare: 60, devShare: 20 }
    const find = (same: boolean) => {
      for (let salt = 0; ; salt++) {
        const texts = sides(`s${salt}`)
        const pools = texts.map((text) => poolOfText(hash(text), shares))
        if ((pools[0] === pools[1]) === same) return texts
      }
    }
    for (const same of [true, false]) {
      const project = await createProject()
      const [left, right, bridge] = find(same)
      for (const text of [left, right, bridge]) {
        await addCases(project.id, [text])
        await poolCases(project.id)
      }
      const [a, b, c] = await listPooled(project.id)
      if (same) {
        expect(c).toMatchObject({ pool: a?.pool, clusterId: a?.clusterId, quarantined: false })
        expect(b?.clusterId).toBe(a?.clusterId)
        expect(await db.cluster.count({ where: { projectId: project.id } })).toBe(1)
      } else {
        expect(a?.pool).not.toBe(b?.pool)
        expect(c).toMatchObject({ pool: null, clusterId: null, quarantined: true })
      }
    }
  })

  it('run twice at once gives each case one cluster', async () => {
    const project = await createProject()
    await addCases(
      project.id,
      Array.from({ length: 600 }, (_, i) => family(i % 200, i)),
    )
    await Promise.all([poolCases(project.id), poolCases(project.id), poolCases(project.id)])
    const pooled = await listPooled(project.id)
    expect(pooled.every(({ clusterId, quarantined }) => clusterId !== null || quarantined)).toBe(
      true,
    )
    const used = new Set(pooled.map(({ clusterId }) => clusterId))
    expect(await db.cluster.count({ where: { projectId: project.id } })).toBe(used.size)
    expect(used.size).toBe(200)
  })
})
