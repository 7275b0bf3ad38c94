import { type Figure, PARTS, saveFigures } from './figures'
import { measureImport } from './import'
import { measureReview } from './review'
import { measureStart } from './start'
import { measureVersions } from './versions'

type Part = (typeof PARTS)[number]

const MEASURES: Partial<Record<Part, () => Promise<Figure[]>>> = {
  start: measureStart,
  import: measureImport,
  review: measureReview,
  versions: measureVersions,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !PARTS.some((part) => part === name))
if (unknown.length > 0) {
  console.error(`There is no part "${unknown.join(', ')}". Parts: ${PARTS.join(', ')}.`)
  process.exit(1)
}

for (const part of PARTS) {
  const measure = MEASURES[part]
  if (!measure || (wanted.length > 0 && !wanted.includes(part))) continue
  console.log(`Measuring ${part} …`)
  const figures = await measure()
  for (const { name, value, unit, ratio, bar, holds } of figures) {
    const against =
      ratio === null ? '' : `, ratio ${ratio.toFixed(3)}${bar ? ` (asked ${bar})` : ''}`
    console.log(`  ${holds === false ? '✗' : '·'} ${name}: ${value.toFixed(3)} ${unit}${against}`)
  }
  saveFigures(figures)
}
process.exit(0)
