import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

const FILE = 'docs/benchmarks'

export const PARTS = [
  'start',
  'import',
  'review',
  'versions',
  'engine',
  'accuracy',
  'dataset',
] as const

const figure = z.object({
  part: z.enum(PARTS),
  name: z.string(),
  value: z.number(),
  unit: z.string(),
  /** What it is held against, measured in the same run or a fixed limit; in the same unit. */
  rival: z.number().nullable(),
  rivalName: z.string(),
  /** value / rival */
  ratio: z.number().nullable(),
  /** What the ratio has to keep, like "≤ 1"; empty where nothing is asked. */
  bar: z.string(),
  holds: z.boolean().nullable(),
})

export type Figure = z.infer<typeof figure>

type Measured = Pick<Figure, 'part' | 'name' | 'value' | 'unit'>

/** A figure with its ratio to a rival, held against `atMost` or `atLeast` if one is given. */
export function compare(
  measured: Measured,
  rival: { name: string; value: number },
  bar: { atMost?: number; atLeast?: number } = {},
): Figure {
  const ratio = measured.value / rival.value
  const { atMost, atLeast } = bar
  const text = atMost !== undefined ? `≤ ${atMost}` : atLeast !== undefined ? `≥ ${atLeast}` : ''
  const holds = text === '' ? null : ratio <= (atMost ?? Infinity) && ratio >= (atLeast ?? 0)
  return { ...measured, rival: rival.value, rivalName: rival.name, ratio, bar: text, holds }
}

/** A figure that stands alone. */
export const report = (measured: Measured): Figure => ({
  ...measured,
  rival: null,
  rivalName: '',
  ratio: null,
  bar: '',
  holds: null,
})

/** Puts what was measured in the place of its former figures: whole parts, or only those of the same names. */
export function saveFigures(fresh: Figure[], isPiece = false): void {
  const of = ({ part, name }: Figure) => (isPiece ? `${part}/${name}` : part)
  const measured = new Set(fresh.map(of))
  const kept = readFigures().filter((figure) => !measured.has(of(figure)))
  const order = (part: Figure['part']) => PARTS.indexOf(part)
  const all = [...kept, ...fresh].sort((a, b) => order(a.part) - order(b.part))
  writeFileSync(`${FILE}.json`, `${JSON.stringify(all, null, 2)}\n`)
  writeFileSync(`${FILE}.md`, asMarkdown(all))
}

function readFigures(): Figure[] {
  if (!existsSync(`${FILE}.json`)) return []
  return z.array(figure).parse(JSON.parse(readFileSync(`${FILE}.json`, 'utf8')))
}

function asMarkdown(figures: Figure[]): string {
  const rows = figures.map(({ part, name, value, unit, rival, rivalName, ratio, bar, holds }) =>
    [
      part,
      name,
      `${round(value)} ${unit}`,
      rival === null ? '' : `${rivalName}: ${round(rival)} ${unit}`,
      ratio === null ? '' : round(ratio),
      bar,
      holds === null ? '' : holds ? 'yes' : '**no**',
    ].join(' | '),
  )
  return [
    '# Benchmarks',
    '',
    'Written by `npm run bench`; nobody edits it. Machines differ: read the ratios. Accuracy here is',
    'that of the local stand-in, which is not a language model.',
    '',
    '| part | what | measured | held against | ratio | asked | holds |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row} |`),
    '',
  ].join('\n')
}

function round(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en-US')
  return Number(value.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: 3 })
}
