/** Calls of one person within a minute: enough for whoever reads the answers. */
export const MOST_CALLS_A_MINUTE = 40

type Failure = {
  kind: 'stop' | 'refused' | 'throttled' | 'busy' | 'unreachable' | 'retry'
  name: string
  message: string
}

const TIMED_OUT = /^(TimeoutError|AbortError|ModelTimeoutException)$/

/** What to tell the person who waits: what happened, and what to do. */
export function explainAsideFailure({ kind, name, message }: Failure): string {
  // These sentences speak of runs where a run is meant; here only the question is asked again.
  if (kind === 'stop' || kind === 'refused')
    return message.replace(/,? then (start a new run|go on)\.$/, '. Then ask again.')
  if (kind === 'throttled' || kind === 'busy') {
    return 'The model has too much to do at the moment. Nothing was changed: ask again in a minute.'
  }
  if (kind === 'unreachable') {
    return `Bedrock can’t be reached (${message}). Nothing was changed: ask again when the network is back.`
  }
  if (TIMED_OUT.test(name)) {
    return 'The model gave no answer within a minute. Nothing was changed: ask again.'
  }
  return `The model gave no answer (${message}). Nothing was changed: ask again.`
}
