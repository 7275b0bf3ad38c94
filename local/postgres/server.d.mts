/** What TypeScript knows of server.mjs, which the launcher runs before anything is installed. */
export type Postgres = {
  url: string
  port: number
  pid: number
  start: string
  isTakenOver: boolean
  stop: () => Promise<void>
  kill9: () => Promise<void>
}

export function startPostgres(options: {
  dataDir: string
  logFile?: string
  settings?: Record<string, string>
}): Promise<Postgres>
