import { globSync, readFileSync } from 'node:fs'

/** Who may use a route or see a page of a project. Everyone else is refused. */
export const ACCESS = {
  /** Without signing in. */
  public: ['nobody', 'outsider', 'reviewer', 'engineer', 'manager', 'admin'],
  'signed-in': ['outsider', 'reviewer', 'engineer', 'manager', 'admin'],
  members: ['reviewer', 'engineer', 'manager', 'admin'],
  'reviewers and engineers': ['reviewer', 'engineer', 'admin'],
  engineers: ['engineer', 'admin'],
  'engineers and managers': ['engineer', 'manager', 'admin'],
  managers: ['manager', 'admin'],
  /** Who leads a project already or writes its prompts; the outsider does so elsewhere. */
  'project makers': ['outsider', 'engineer', 'manager', 'admin'],
} as const

export type Who = (typeof ACCESS)['public'][number]
export type Access = keyof typeof ACCESS

const API = '/api/projects/[project]'
const PROJECT = '/projects/[project]'

/** Every route there is. A route that is missing here fails the test. */
export const ROUTES: Record<string, Access> = {
  'GET /api/health': 'public',
  'GET /api/auth/[...nextauth]': 'public',
  'POST /api/auth/[...nextauth]': 'public',
  'POST /api/account/links/[token]': 'public',
  'PUT /api/account/theme': 'signed-in',
  'GET /api/projects': 'signed-in',
  'POST /api/projects': 'signed-in',
  [`GET ${API}`]: 'members',
  [`GET ${API}/cases`]: 'members',
  [`GET ${API}/cases/[id]`]: 'members',
  [`GET ${API}/cases/[id]/calls`]: 'members',
  [`POST ${API}/review/answers`]: 'reviewers and engineers',
  [`POST ${API}/review/claims`]: 'reviewers and engineers',
  [`PATCH ${API}/review/claims`]: 'reviewers and engineers',
  [`DELETE ${API}/review/claims`]: 'reviewers and engineers',
  [`GET ${API}/review/settings`]: 'members',
  [`GET ${API}/review/definitions`]: 'members',
  [`GET ${API}/review/definitions/examples`]: 'reviewers and engineers',
  [`GET ${API}/review/mine`]: 'reviewers and engineers',
  [`GET ${API}/review/progress`]: 'reviewers and engineers',
  [`POST ${API}/review/reveal`]: 'reviewers and engineers',
  [`GET ${API}/review/similar/[case]`]: 'reviewers and engineers',
  [`POST ${API}/review/skips`]: 'reviewers and engineers',
  [`POST ${API}/review/undo`]: 'reviewers and engineers',
  [`GET ${API}/checks/share`]: 'reviewers and engineers',
  [`GET ${API}/bulk`]: 'engineers',
  [`POST ${API}/bulk`]: 'engineers',
  [`GET ${API}/bulk/[label]`]: 'engineers',
  [`POST ${API}/runs`]: 'engineers',
  [`POST ${API}/runs/test`]: 'engineers',
  [`GET ${API}/runs/estimate`]: 'engineers',
  [`GET ${API}/runs/options`]: 'engineers',
  [`POST ${API}/runs/[run]/stop`]: 'engineers',
  [`GET ${API}/versions/[version]/candidates`]: 'engineers',
  [`POST ${API}/versions/[version]/effects`]: 'engineers',
  [`POST ${API}/versions/[version]/effects/studies/[study]/continue`]: 'engineers',
  [`POST ${API}/versions/[version]/effects/studies/[study]/stop`]: 'engineers',
  [`POST ${API}/versions/[version]/proposals`]: 'engineers',
  [`POST ${API}/versions/[version]/proposals/[proposal]/decision`]: 'engineers',
  [`POST ${API}/versions/[version]/proposals/drafts`]: 'engineers',
  [`GET ${API}/versions/[version]/playground`]: 'engineers',
  [`POST ${API}/versions/[version]/playground`]: 'engineers',
  [`GET ${API}/versions/[version]/playground/calls/[call]`]: 'engineers',
  [`GET ${API}/versions/[version]/playground/cases`]: 'engineers',
  [`POST ${API}/versions/[version]/playground/cases`]: 'engineers',
  [`POST ${API}/versions`]: 'engineers',
  [`POST ${API}/versions/files`]: 'engineers',
  [`PATCH ${API}/versions/[version]`]: 'engineers',
  [`DELETE ${API}/versions/[version]`]: 'engineers',
  [`POST ${API}/versions/[version]/freeze`]: 'engineers',
  [`POST ${API}/versions/[version]/restore`]: 'engineers',
  [`PUT ${API}/versions/[version]/presence`]: 'engineers',
  [`POST ${API}/versions/[version]/examples`]: 'engineers',
  [`PUT ${API}/versions/[version]/examples/order`]: 'engineers',
  [`PATCH ${API}/versions/[version]/examples/[example]`]: 'engineers',
  [`DELETE ${API}/versions/[version]/examples/[example]`]: 'engineers',
  [`PUT ${API}/corrections/decisions`]: 'engineers',
  [`DELETE ${API}/corrections/decisions/[decision]`]: 'engineers',
  [`POST ${API}/corrections/[review]/promote`]: 'engineers',
  [`DELETE ${API}/corrections/[review]/promote`]: 'engineers',
  [`POST ${API}/corrections/[review]/explanation`]: 'engineers',
  [`GET ${API}/accuracy`]: 'engineers and managers',
  [`GET ${API}/accuracy/matrix`]: 'engineers and managers',
  [`GET ${API}/accuracy/matrix/cases`]: 'engineers and managers',
  [`GET ${API}/cases/counts`]: 'engineers and managers',
  [`GET ${API}/checks`]: 'engineers and managers',
  [`POST ${API}/checks`]: 'engineers and managers',
  [`GET ${API}/checks/[case]`]: 'engineers and managers',
  [`PATCH ${API}/checks/[case]`]: 'engineers and managers',
  [`DELETE ${API}/checks/[case]`]: 'engineers and managers',
  [`GET ${API}/corrections`]: 'engineers and managers',
  [`GET ${API}/corrections/pairs`]: 'engineers and managers',
  [`GET ${API}/gate-rule`]: 'engineers and managers',
  [`GET ${API}/disagreements`]: 'engineers and managers',
  [`GET ${API}/disagreements/[case]`]: 'engineers and managers',
  [`POST ${API}/disagreements/[case]`]: 'engineers and managers',
  [`GET ${API}/precedents`]: 'engineers and managers',
  [`GET ${API}/redaction`]: 'engineers and managers',
  [`GET ${API}/exports/final-labels.csv`]: 'engineers and managers',
  [`GET ${API}/exports/final-labels.jsonl`]: 'engineers and managers',
  [`GET ${API}/exports/workbook.xlsx`]: 'engineers and managers',
  [`GET ${API}/imports`]: 'engineers and managers',
  [`POST ${API}/imports`]: 'engineers and managers',
  [`GET ${API}/imports/[import]`]: 'engineers and managers',
  [`DELETE ${API}/imports/[import]`]: 'engineers and managers',
  [`GET ${API}/imports/[import]/labels`]: 'engineers and managers',
  [`GET ${API}/imports/[import]/preview`]: 'engineers and managers',
  [`GET ${API}/imports/[import]/problems`]: 'engineers and managers',
  [`POST ${API}/imports/[import]/start`]: 'engineers and managers',
  [`GET ${API}/releases`]: 'engineers and managers',
  [`POST ${API}/releases`]: 'engineers and managers',
  [`GET ${API}/runs`]: 'engineers and managers',
  [`GET ${API}/runs/[run]`]: 'engineers and managers',
  [`GET ${API}/runs/[run]/suggestions`]: 'engineers and managers',
  [`GET ${API}/training-data`]: 'engineers and managers',
  [`GET ${API}/versions`]: 'engineers and managers',
  [`GET ${API}/versions/[version]`]: 'engineers and managers',
  [`GET ${API}/versions/discarded`]: 'engineers and managers',
  [`GET ${API}/versions/side-by-side`]: 'engineers and managers',
  [`GET ${API}/versions/[version]/effects`]: 'engineers and managers',
  [`GET ${API}/versions/[version]/effects/estimate`]: 'engineers and managers',
  [`GET ${API}/versions/[version]/effects/parts/[part]`]: 'engineers and managers',
  [`GET ${API}/versions/[version]/files`]: 'engineers and managers',
  [`GET ${API}/versions/[version]/checks`]: 'engineers and managers',
  [`GET ${API}/versions/[version]/gate`]: 'engineers and managers',
  [`POST ${API}/versions/[version]/gate`]: 'engineers and managers',
  [`GET ${API}/versions/[version]/gate/reach`]: 'engineers and managers',
  [`GET ${API}/versions/[version]/labelling`]: 'engineers and managers',
  [`POST ${API}/versions/[version]/labelling`]: 'engineers and managers',
  [`GET ${API}/versions/[version]/prompt`]: 'engineers and managers',
  [`GET ${API}/versions/[version]/proposals`]: 'engineers and managers',
  [`GET ${API}/versions/[version]/proposals/estimate`]: 'engineers',
  [`GET ${API}/versions/[version]/trial`]: 'engineers and managers',
  [`GET ${API}/versions/[version]/trial/cases`]: 'engineers and managers',
  [`GET ${API}/versions/[version]/trial/content`]: 'engineers and managers',
  [`GET ${API}/handouts`]: 'engineers and managers',
  [`POST ${API}/handouts`]: 'engineers and managers',
  [`DELETE ${API}/handouts/[handout]`]: 'engineers and managers',
  [`PATCH ${API}`]: 'managers',
  [`PUT ${API}/redaction`]: 'managers',
  [`POST ${API}/redaction/preview`]: 'managers',
  [`PATCH ${API}/review/settings`]: 'managers',
  [`PATCH ${API}/gate-rule`]: 'managers',
  [`GET ${API}/categories`]: 'managers',
  [`PUT ${API}/categories`]: 'managers',
  [`GET ${API}/categories/changes`]: 'managers',
  [`POST ${API}/categories/changes`]: 'managers',
  [`POST ${API}/categories/changes/[change]/undo`]: 'managers',
  [`GET ${API}/categories/effect`]: 'managers',
  [`GET ${API}/review/people`]: 'managers',
  [`POST ${API}/checks/training/[user]`]: 'managers',
  [`GET ${API}/members`]: 'managers',
  [`POST ${API}/members`]: 'managers',
  [`PATCH ${API}/members/[user]`]: 'managers',
  [`DELETE ${API}/members/[user]`]: 'managers',
}

/** Every page there is, likewise. */
export const PAGES: Record<string, Access> = {
  '/sign-in': 'public',
  '/account/[token]': 'public',
  '/': 'signed-in',
  [`${PROJECT}/review`]: 'reviewers and engineers',
  [`${PROJECT}/answers`]: 'reviewers and engineers',
  [`${PROJECT}/cases`]: 'members',
  [`${PROJECT}/cases/[id]`]: 'members',
  [`${PROJECT}/bulk-confirm`]: 'engineers',
  [`${PROJECT}/runs/new`]: 'engineers',
  [`${PROJECT}/accuracy`]: 'engineers and managers',
  [`${PROJECT}/corrections`]: 'engineers and managers',
  [`${PROJECT}/disagreements`]: 'engineers and managers',
  [`${PROJECT}/imports`]: 'engineers and managers',
  [`${PROJECT}/imports/[import]`]: 'engineers and managers',
  [`${PROJECT}/runs`]: 'engineers and managers',
  [`${PROJECT}/runs/[run]`]: 'engineers and managers',
  [`${PROJECT}/training-data`]: 'engineers and managers',
  [`${PROJECT}/versions`]: 'engineers and managers',
  [`${PROJECT}/versions/[version]`]: 'engineers and managers',
  [`${PROJECT}/versions/[version]/playground`]: 'engineers and managers',
  [`${PROJECT}/versions/[version]/release`]: 'engineers and managers',
  [`${PROJECT}/versions/side-by-side`]: 'engineers and managers',
  [`${PROJECT}/versions/[version]/examples`]: 'engineers and managers',
  [`${PROJECT}/versions/[version]/proposals`]: 'engineers and managers',
  [`${PROJECT}/versions/[version]/trial`]: 'engineers and managers',
  [`${PROJECT}/versions/compare`]: 'engineers and managers',
  [`${PROJECT}/settings/checks`]: 'engineers and managers',
  [`${PROJECT}/settings/reviewing`]: 'engineers and managers',
  [`${PROJECT}/settings`]: 'managers',
  '/projects/new': 'project makers',
}

const METHOD = /\b(GET|POST|PUT|PATCH|DELETE)\b/g

/** "GET /api/health", … as they stand in the files. */
export function listRoutes(): string[] {
  return globSync('app/api/**/route.ts').flatMap((file) => {
    const path = `/${file.replaceAll('\\', '/').slice('app/'.length, -'/route.ts'.length)}`
    const exported = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('export '))
      .join('\n')
    return [...new Set(exported.match(METHOD) ?? [])].map((method) => `${method} ${path}`)
  })
}

/** "/projects/[project]/review", … as they stand in the files. */
export function listPages(): string[] {
  return globSync('app/**/page.tsx').map((file) => {
    const path = file.replaceAll('\\', '/').slice('app'.length, -'/page.tsx'.length)
    return path === '' ? '/' : path
  })
}
