import { existsSync, readFileSync } from 'node:fs'

/**
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string} output shown when something failed
 */

/** A check that is passed or not. @param {boolean} isPassed @param {string} output @returns {Outcome} */
export function oneCheck(isPassed, output) {
  return { passed: isPassed ? 1 : 0, failed: isPassed ? 0 : 1, skipped: 0, output }
}

/**
 * A runner's own count; a runner that failed without counting a failure counts as one.
 * @param {{ passed: number, failed: number, skipped: number } | null} count null: it left no report
 * @param {boolean} isPassed its exit code
 * @param {string} output
 * @returns {Outcome}
 */
export function runnerOutcome(count, isPassed, output) {
  if (count === null) return { ...oneCheck(false, output) }
  const isUnexplained = !isPassed && count.failed === 0
  const isEmpty = count.passed + count.failed + count.skipped === 0
  return { ...count, failed: count.failed + (isUnexplained || isEmpty ? 1 : 0), output }
}

/** @param {string} file the JSON report of Vitest */
export function countVitest(file) {
  const report = readReport(file)
  if (report === null) return null
  // A file that could not even be loaded has no tests to count.
  const unloaded = report.testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ { status, assertionResults }) =>
      status === 'failed' && assertionResults.length === 0,
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** @param {string} file the JSON report of Playwright */
export function countPlaywright(file) {
  const report = readReport(file)
  if (report === null) return null
  const { expected, unexpected, flaky, skipped } = report.stats
  return { passed: expected + flaky, failed: unexpected + report.errors.length, skipped }
}

/** @param {string} output of node:test in TAP */
export function countTap(output) {
  const of = (/** @type {string} */ word) =>
    Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(output)?.[1] ?? 0)
  if (!/^# tests \d+$/m.test(output)) return null
  return {
    passed: of('pass'),
    failed: of('fail') + of('cancelled'),
    skipped: of('skipped') + of('todo'),
  }
}

/** @param {string} file */
function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}
