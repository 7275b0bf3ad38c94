// `npm test`: everything. `npm test -- unit browser`: these parts. `npm test -- unit lib/runs`: only
// the files of that part whose path holds "lib/runs".
// Until the packages are installed, only Node's own modules may be imported.
import { join } from 'node:path'
import { generate } from './generate.mjs'
import { install } from './launch/install.mjs'
import { checkNode, chooseNode } from './launch/node-version.mjs'
import { say, sayError, seconds, step, Trouble } from './launch/report.mjs'
import { RunFile } from './launch/run-file.mjs'
import { prepareDataFolder, ROOT } from './launch/settings.mjs'
import { onStopSignal } from './launch/stop-signals.mjs'
import { testEnv } from './testing/environment.mjs'
import { oneCheck } from './testing/outcome.mjs'
import { PARTS } from './testing/parts.mjs'

const folder = join(ROOT, '.test')
const stopping = new AbortController()
const total = { passed: 0, failed: 0, skipped: 0 }
let run = /** @type {RunFile | null} */ (null)

onStopSignal(
  () => stopping.abort(),
  () => process.exit(130),
)
try {
  await test()
} catch (error) {
  sayError(stopping.signal.aborted ? new Trouble('Stopped.') : error)
  total.failed++
}
run?.release()
say(summary())
process.exit(total.failed === 0 ? 0 : 1)

async function test() {
  checkNode()
  process.chdir(ROOT)
  prepareDataFolder(folder)
  run = await RunFile.take(folder)
  const context = { run, logs: join(folder, 'logs'), stopping: stopping.signal }
  const { chosen, files } = readArguments(process.argv.slice(2))
  const line = (/** @type {string} */ text) => (/** @type {boolean} */ didWork) =>
    didWork ? text : null
  await step('Installing packages', line('Packages installed'), () => install(context))
  const node = chooseNode()
  await step('Making the database client', line('Database client made'), () =>
    generate(node, context),
  )
  const bench = { node, env: testEnv(process.env, node), folder, context }
  for (const part of chosen) await runPart(part, bench, files)
}

/** @param {import('./testing/parts.mjs').Part} part @param {import('./testing/parts.mjs').Bench} bench @param {string[]} files */
async function runPart(part, bench, files) {
  const began = performance.now()
  run?.update({ step: part.name })
  const outcome = await part.run(bench, files).catch((error) => {
    stopping.signal.throwIfAborted()
    const text = error instanceof Trouble ? error.message : (error.stack ?? String(error))
    return oneCheck(false, text)
  })
  const { passed, failed, skipped, output } = outcome
  total.passed += passed
  total.failed += failed
  total.skipped += skipped
  const counts = passed + failed + skipped > 1 ? `: ${describeCounts(outcome)}` : ''
  say(`${failed === 0 ? '✓' : '✗'} ${part.title}${counts} (${seconds(began)})`)
  if (failed > 0) say(shorten(output, join(bench.context.logs, `${part.name}.log`)))
}

/** @param {string[]} args */
function readArguments(args) {
  const chosen = PARTS.filter(({ name }) => args.includes(name))
  const files = args.filter((arg) => !PARTS.some(({ name }) => name === arg))
  if (files.length > 0 && chosen.length !== 1) {
    const names = PARTS.map(({ name }) => name).join(', ')
    throw new Trouble(`Name one part before the files: ${names}.`)
  }
  return { chosen: chosen.length > 0 ? chosen : PARTS, files }
}

/** @param {string} output @param {string} log */
function shorten(output, log) {
  const LINES = 80
  const lines = output.trimEnd().split('\n')
  const shown = lines.slice(-LINES).map((line) => `  | ${line}`)
  return [...(lines.length > LINES ? [`  | … all of it in ${log}`] : []), ...shown].join('\n')
}

/** @param {{ passed: number, failed: number, skipped: number }} counts */
function describeCounts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

function summary() {
  return describeCounts(total)
}
