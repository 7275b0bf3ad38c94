/** Seconds on one case, without those in which the page was hidden. */
export function startStopwatch() {
  let since = 0
  let spent = 0
  const now = () => performance.now()
  const running = () => (document.hidden ? 0 : now() - since)

  if (typeof document !== 'undefined') {
    since = now()
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) spent += now() - since
      else since = now()
    })
  }

  return {
    restart() {
      spent = 0
      since = now()
    },
    /** To a tenth. */
    seconds: () => Math.round((spent + running()) / 100) / 10,
  }
}
