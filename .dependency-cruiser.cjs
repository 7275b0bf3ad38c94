/** Who may import whom (ARCHITECTURE.md). `scripts/check-rooms.mjs` runs it and proves that it bites. */
const DATABASE_FILES =
  '/(data|mutations|jobs)\\.ts$|^lib/platform/|^lib/[^/]+/testing/|^(scripts|prisma|local)/|^e2e/database\\.ts$|\\.test\\.tsx?$|^generated/'

module.exports = {
  forbidden: [
    {
      name: 'nothing-imports-app',
      comment: 'Pages and routes are the outermost room.',
      severity: 'error',
      from: { pathNot: '^app/' },
      to: { path: '^app/' },
    },
    {
      name: 'components-stay-in-the-browser',
      comment: 'Components reach data through queries.ts only.',
      severity: 'error',
      from: { path: '^components/' },
      to: {
        path: '/(data|mutations|jobs)\\.ts$|^lib/platform/(database|env|gate|session|route|jobs|bedrock|bedrock-jobs|s3|audit|log|health|members)\\.ts$|^generated/',
      },
    },
    {
      name: 'ui-and-layout-know-no-domain',
      severity: 'error',
      from: { path: '^components/(ui|layout)/' },
      to: {
        path: '^(components|lib)/',
        pathNot: '^components/(ui|layout)/|^lib/(platform|projects|users)/',
      },
    },
    {
      name: 'ui-knows-no-lib',
      severity: 'error',
      from: { path: '^components/ui/' },
      to: {
        path: '^lib/|^components/',
        pathNot: '^components/ui/|^lib/platform/(errors|http)\\.ts$',
      },
    },
    {
      name: 'one-area-does-not-import-another',
      severity: 'error',
      from: { path: '^components/([^/]+)/' },
      to: { path: '^components/', pathNot: '^components/(ui|layout|$1)/' },
    },
    {
      name: 'lib-knows-no-components',
      comment: 'Tests may start what stands in for the cloud.',
      severity: 'error',
      from: { path: '^lib/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(components|e2e|scripts|local)/' },
    },
    {
      name: 'platform-knows-no-domain',
      severity: 'error',
      from: { path: '^lib/platform/' },
      to: { path: '^lib/', pathNot: '^lib/platform/' },
    },
    {
      name: 'rules-are-pure',
      comment: 'rules, schema and policy import each other, Zod and pure libraries only.',
      severity: 'error',
      from: { path: '^lib/.*/(rules|schema|policy)\\.ts$' },
      to: {
        path: '^(lib|generated)/|node_modules/(next|pg|pg-boss|@prisma|@aws-sdk|pino|@tanstack)',
        pathNot: '/(rules|schema|policy)\\.ts$|^lib/platform/(access|errors|ids|numbers)\\.ts$',
      },
    },
    {
      name: 'queries-run-in-the-browser',
      severity: 'error',
      from: { path: '/queries\\.ts$' },
      to: {
        path: '/(data|mutations|jobs)\\.ts$|^lib/platform/(database|env|gate|session|route|jobs|bedrock|bedrock-jobs|s3|audit|log|health|members)\\.ts$|^generated/',
      },
    },
    {
      name: 'no-schemas-in-queries',
      comment: 'The browser takes answers as they are (docs/decisions/007): types only.',
      severity: 'error',
      from: { path: '/queries\\.ts$' },
      to: { path: '/schema\\.ts$|node_modules/zod/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'a-domain-keeps-its-mutations',
      severity: 'error',
      from: { path: '^lib/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^lib/.*mutations\\.ts$', pathNot: '^lib/$1/' },
    },
    {
      name: 'database-only-from-its-rooms',
      severity: 'error',
      from: { pathNot: DATABASE_FILES },
      to: { path: '^lib/platform/database\\.ts$|^generated/|node_modules/(pg|@prisma)/' },
    },
    {
      name: 'local-stands-alone',
      severity: 'error',
      from: { path: '^local/' },
      to: { path: '^(lib|app|components)/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(generated/.+/internal|\\.next|\\.next-test|\\.data|\\.test)' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
