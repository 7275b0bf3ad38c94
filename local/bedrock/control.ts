import type { Action } from './action'
import { NO_FAULTS, readFaults } from './faults'
import { parseJson } from './shape'

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

/** `GET /_local/stats` */
export const showStats: Action = (_, state) => ({ status: 200, body: state.stats })
