import { measureBatch } from './batch'
import { measureEditor } from './draft-editor'
import { measureExperiment } from './experiment'
import { type Figure, PARTS, saveFigures } from './figures'
import { measureFollowing } from './following'
import { measureHostilePrompts } from './hostile'
import { measureImport } from './import'
import { measureLabelling } from './labelling'
import { measureNeighbours } from './neighbours'
import { measurePacking } from './packing'
import { measureRedaction } from './redaction'
import { measurePage, measureReview } from './review'
import { measureStart } from './start'
import { measureVersions } from './versions'

type Part = (typeof PARTS)[number]

const MEASURES: Partial<Record<Part, () => Promise<Figure[]>>> = {
  start: measureStart,
  import: measureImport,
  review: measureReview,
  versions: async () => [
    ...(await measureVersions()),
    ...(await measureEditor()),
    measureHostilePrompts(),
  ],
  engine: async () => [
    ...(await measureLabelling()),
    ...(await measureFollowing()),
    ...(await measureBatch()),
    ...(await measurePacking()),
    ...(await measureRedaction()),
    ...(await measureNeighbours()),
    ...(await measureExperiment()),
  ],
}

/** A piece of a long part, to be measured alone: the part's other figures stay as they are. */
const PIECES: Record<string, () => Promise<Figure[]>> = {
  'review/page': measurePage,
  'versions/editor': measureEditor,
  'engine/labelling': measureLabelling,
  'engine/following': measureFollowing,
  'engine/batch': measureBatch,
  'versions/hostile': async () => [measureHostilePrompts()],
  'engine/packing': measurePacking,
  'engine/neighbours': measureNeighbours,
  'engine/redaction': measureRedaction,
  'engine/experiment': measureExperiment,
}

const wanted = process.argv.slice(2)
const known: string[] = [...PARTS, ...Object.keys(PIECES)]
const unknown = wanted.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  console.error(`There is no part "${unknown.join(', ')}". Parts: ${known.join(', ')}.`)
  process.exit(1)
}

for (const name of known) {
  const measure = { ...MEASURES, ...PIECES }[name]
  if (!measure || (wanted.length > 0 ? !wanted.includes(name) : name in PIECES)) continue
  console.log(`Measuring ${name} …`)
  const figures = await measure()
  for (const { name, value, unit, ratio, bar, holds } of figures) {
    const against =
      ratio === null ? '' : `, ratio ${ratio.toFixed(3)}${bar ? ` (asked ${bar})` : ''}`
    console.log(`  ${holds === false ? '✗' : '·'} ${name}: ${value.toFixed(3)} ${unit}${against}`)
  }
  saveFigures(figures, name in PIECES)
}
process.exit(0)
