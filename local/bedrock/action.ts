import type { State } from './state'

/** One request to an API action, already authenticated. */
type ActionRequest = {
  /** Named parts of the path, decoded. */
  path: Record<string, string>
  query: URLSearchParams
  body: string
  /** Aborts when the client has gone. */
  signal: AbortSignal
}
type ActionResponse = { status: number; body: unknown; headers?: Record<string, string> }
export type Action = (
  request: ActionRequest,
  state: State,
) => ActionResponse | Promise<ActionResponse>
