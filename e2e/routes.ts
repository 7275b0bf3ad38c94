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
} as const

export type Who = (typeof ACCESS)['public'][number]
export type Access = keyof typeof ACCESS

const API = '/api/projects/[project]'

/** Every route there is. A route that is missing here fails the test. */
export const ROUTES: Record<string, Access> = {
  'GET /api/health': 'public',
  'GET /api/auth/[...nextauth]': 'public',
  'POST /api/auth/[...nextauth]': 'public',
  'GET /api/projects': 'signed-in',
  'POST /api/projects': 'signed-in',
  [`GET ${API}`]: 'members',
  [`PATCH ${API}`]: 'managers',
  [`PUT ${API}/categories`]: 'managers',
  [`GET ${API}/members`]: 'managers',
  [`POST ${API}/members`]: 'managers',
  [`PATCH ${API}/members/[user]`]: 'managers',
  [`DELETE ${API}/members/[user]`]: 'managers',
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
