import type { Action } from './action'
import { createJob, getJob, listJobs, resetBatch, setBatch, stopJob } from './batch/actions'
import {
  clearFaults,
  clearLimits,
  putClockForward,
  setFaults,
  setLimits,
  showStats,
} from './control'
import { converse } from './converse'
import { invoke } from './invoke'

/** `signed` actions need an Authorization header, as on AWS; the others exist only here. */
export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Path with named parts in braces. */
  path: string
  signed: boolean
  action: Action
}

const ROUTES: readonly Route[] = [
  { method: 'POST', path: '/model/{modelId}/converse', signed: true, action: converse },
  { method: 'POST', path: '/model/{modelId}/invoke', signed: true, action: invoke },
  { method: 'POST', path: '/model-invocation-job', signed: true, action: createJob },
  { method: 'GET', path: '/model-invocation-job/{job}', signed: true, action: getJob },
  { method: 'POST', path: '/model-invocation-job/{job}/stop', signed: true, action: stopJob },
  { method: 'GET', path: '/model-invocation-jobs', signed: true, action: listJobs },
  { method: 'POST', path: '/_local/batch', signed: false, action: setBatch },
  { method: 'DELETE', path: '/_local/batch', signed: false, action: resetBatch },
  { method: 'POST', path: '/_local/faults', signed: false, action: setFaults },
  { method: 'DELETE', path: '/_local/faults', signed: false, action: clearFaults },
  { method: 'POST', path: '/_local/limits', signed: false, action: setLimits },
  { method: 'DELETE', path: '/_local/limits', signed: false, action: clearLimits },
  { method: 'POST', path: '/_local/clock', signed: false, action: putClockForward },
  { method: 'GET', path: '/_local/stats', signed: false, action: showStats },
]

/** The route a request means, and the decoded parts of its path. */
export function findRoute(
  method: string,
  pathname: string,
): { route: Route; path: Record<string, string> } | null {
  for (const route of ROUTES) {
    const path = route.method === method ? matchPath(route.path, pathname) : null
    if (path) return { route, path }
  }
  return null
}

function matchPath(pattern: string, pathname: string): Record<string, string> | null {
  const wanted = pattern.split('/')
  const given = pathname.split('/')
  if (wanted.length !== given.length) return null
  const path: Record<string, string> = {}
  for (const [i, part] of wanted.entries()) {
    const text = given[i] ?? ''
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    if (name === undefined && part !== text) return null
    if (name !== undefined) path[name] = decode(text)
  }
  return path
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
