// Checks who imports whom, and proves with a planted bad edge per rule that the check bites.
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

const ROOMS = ['app', 'components', 'lib', 'local', 'prisma', 'scripts', 'e2e']
/** What the planted files need around them. */
const COPIED = [
  '.dependency-cruiser.cjs',
  'tsconfig.json',
  'package.json',
  'lib/platform',
  'app/api/health',
]

/** One forbidden import for each rule: file → what it imports. */
const PLANTED = {
  'nothing-imports-app': ['lib/planted/a.ts', '@/app/api/health/route'],
  'components-stay-in-the-browser': ['components/planted/a.ts', '@/lib/platform/database'],
  'ui-and-layout-know-no-domain': ['components/layout/planted.ts', '@/lib/planted/rules'],
  'ui-knows-no-lib': ['components/ui/planted.ts', '@/lib/planted/rules'],
  'one-area-does-not-import-another': ['components/planted/b.ts', '@/components/planted2/c'],
  'lib-knows-no-components': ['lib/planted/b.ts', '@/components/planted2/c'],
  'platform-knows-no-domain': ['lib/platform/planted.ts', '@/lib/planted/rules'],
  'rules-are-pure': ['lib/planted2/rules.ts', '@/lib/platform/database'],
  'queries-run-in-the-browser': ['lib/planted/queries.ts', '@/lib/platform/env'],
  'no-schemas-in-queries': ['lib/planted5/queries.ts', '@/lib/planted5/schema'],
  'a-domain-keeps-its-mutations': ['lib/planted2/data.ts', '@/lib/planted/mutations'],
  'database-only-from-its-rooms': ['lib/planted/c.ts', '@/lib/platform/database'],
  'local-stands-alone': ['local/planted.ts', '@/lib/platform/ids'],
  'no-cycles': ['lib/planted3/rules.ts', '@/lib/planted4/rules'],
}
const TARGETS = {
  'lib/planted/rules.ts': 'export const a = 1\n',
  'lib/planted5/schema.ts': 'export const a = 1\n',
  'lib/planted/mutations.ts': 'export const a = 1\n',
  'components/planted2/c.ts': 'export const a = 1\n',
  'lib/planted4/rules.ts': "import '@/lib/planted3/rules'\n",
}

const real = cruise('.')
if (real.modules < 20) fail(`only ${real.modules} modules were read: the check would pass unseen`)
for (const { rule, from, to } of real.violations) console.error(`${rule}: ${from} → ${to}`)
if (real.violations.length > 0) process.exit(1)

const house = mkdtempSync(join(tmpdir(), 'closecall-rooms-'))
try {
  for (const path of COPIED) cpSync(path, join(house, path), { recursive: true })
  symlinkSync(resolve('node_modules'), join(house, 'node_modules'))
  for (const [path, text] of Object.entries(TARGETS)) plant(path, text)
  for (const [path, target] of Object.values(PLANTED)) plant(path, `import '${target}'\n`)
  const planted = cruise(house)
  for (const [rule, [path]] of Object.entries(PLANTED)) {
    if (!planted.violations.some((found) => found.rule === rule && found.from === path)) {
      fail(`the rule ${rule} did not catch the planted ${path}`)
    }
  }
} finally {
  rmSync(house, { recursive: true, force: true })
}
console.log(
  `${real.modules} modules, ${Object.keys(PLANTED).length} rules, each caught its planted edge`,
)

function plant(path, text) {
  mkdirSync(dirname(join(house, path)), { recursive: true })
  writeFileSync(join(house, path), text)
}

function cruise(folder) {
  const rooms = ROOMS.filter((room) => existsSync(join(folder, room)))
  const run = spawnSync(
    process.execPath,
    [
      resolve('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      '-T',
      'json',
      ...rooms,
    ],
    { cwd: folder, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  )
  if (!run.stdout) fail(run.stderr)
  const { summary, modules } = JSON.parse(run.stdout)
  return {
    modules: modules.filter((module) => /\.tsx?$/.test(module.source)).length,
    violations: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  }
}

function fail(message) {
  console.error(message)
  process.exitCode = 1
  throw new Error(message)
}
