import type { Action } from './action'
import { NO_FAULTS, readFaults } from './faults'
import { readLimits } from './limits'
import { parseJson, readNumber, readObject } from './shape'

/** `POST /_local/faults`: what goes wrong from now on, in place of what was set before. */
export const setFaults: Action = ({ body }, state) => {
  state.setFaults(readFaults(parseJson(body)))
  return { status: 200, body: state.faults }
}

/** `DELETE /_local/faults` */
export const clearFaults: Action = (_, state) => {
  state.setFaults(NO_FAULTS)
  return { status: 200, body: state.faults }
}

/** `POST /_local/limits`: quotas by model from now on, in place of what was set before. */
export const setLimits: Action = ({ body }, state) => {
  state.limits.set(readLimits(parseJson(body)))
  return { status: 200, body: state.limits.settings }
}

/** `DELETE /_local/limits` */
export const clearLimits: Action = (_, state) => {
  state.limits.set(new Map())
  return { status: 200, body: state.limits.settings }
}

/** `POST /_local/clock`: `{"forwardMs": 300000}` lets that much time pass at once. */
export const putClockForward: Action = ({ body }, state) => {
  const { forwardMs } = readObject(parseJson(body), 'body')
  state.putForward(readNumber(forwardMs, 'forwardMs', 0, 1e12) ?? 0)
  return { status: 200, body: { now: new Date(state.now()).toISOString() } }
}

/** `GET /_local/stats` */
export const showStats: Action = (_, state) => ({ status: 200, body: state.stats })
