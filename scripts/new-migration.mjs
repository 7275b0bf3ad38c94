// Writes the SQL that leads from the schema of the last migration to prisma/schema:
//   node scripts/new-migration.mjs <name>
// Uses Prisma's own schema engine as WebAssembly, so no native engine and no database is needed.
// prisma/migrations/schema.snapshot keeps the schema that the last migration led to.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'

const SNAPSHOT = 'prisma/migrations/schema.snapshot'

const name = process.argv[2]
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error('Usage: node scripts/new-migration.mjs name_in_lower_case')
  process.exit(1)
}

const schema = readdirSync('prisma/schema')
  .filter((file) => file.endsWith('.prisma'))
  .sort()
  .map((file) => readFileSync(`prisma/schema/${file}`, 'utf8'))
  .join('\n')

const before = readSnapshot()
const engine = await loadEngine()
const { stdout } = await engine.diff({
  from: before
    ? { tag: 'schemaDatamodel', files: [{ path: 'before.prisma', content: before }] }
    : { tag: 'empty' },
  to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: schema }] },
  script: true,
  exitCode: null,
  filters: { externalTables: [], externalEnums: [] },
})

if (!stdout?.trim() || stdout.includes('This is an empty migration')) {
  console.log('The schema has not changed.')
  process.exit(0)
}
const stamp = new Date().toISOString().replace(/[-:T]/g, '').slice(0, 14)
const folder = `prisma/migrations/${stamp}_${name}`
mkdirSync(folder, { recursive: true })
writeFileSync(`${folder}/migration.sql`, stdout)
writeFileSync('prisma/migrations/migration_lock.toml', 'provider = "postgresql"\n')
writeFileSync(SNAPSHOT, schema)
console.log(`${folder}/migration.sql`)

function readSnapshot() {
  try {
    return readFileSync(SNAPSHOT, 'utf8')
  } catch {
    return null
  }
}

async function loadEngine() {
  const bindings = await import('../node_modules/@prisma/schema-engine-wasm/schema_engine_bg.js')
  const wasm = readFileSync(
    new URL('../node_modules/@prisma/schema-engine-wasm/schema_engine_bg.wasm', import.meta.url),
  )
  const module = new WebAssembly.Module(wasm)
  const instance = new WebAssembly.Instance(module, { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  const ignore = () => {}
  // The engine opens a connection before it compares, but asks it nothing: both sides are texts.
  const done = async (value) => ({ ok: true, value })
  const noDatabase = {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    errorRegistry: { consumeError: ignore },
    connect: () => done(connection),
    connectToShadowDb: () => done(connection),
  }
  const connection = {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    queryRaw: () => done({ columnNames: [], columnTypes: [], rows: [] }),
    executeRaw: () => done(0),
    executeScript: () => done(undefined),
    dispose: () => done(undefined),
    getConnectionInfo: () => ({ ok: true, value: { supportsRelationJoins: false } }),
  }
  return bindings.SchemaEngine.new({ datamodels: undefined }, ignore, noDatabase)
}
