import {
  hideWatch,
  noticeLife,
  secondsBy,
  showWatch,
  startWatch,
} from '@/lib/reviews/seconds/rules'

const SIGNS_OF_LIFE = ['keydown', 'pointerdown', 'pointermove', 'scroll', 'wheel'] as const

/** Seconds at work on one case: see the rules for what does not count. */
export function createStopwatch() {
  const now = () => performance.now()
  const isHidden = () => typeof document !== 'undefined' && document.hidden
  let watch = startWatch(now(), isHidden())

  function live() {
    watch = noticeLife(watch, now())
  }
  function turn() {
    watch = document.hidden ? hideWatch(watch, now()) : showWatch(watch, now())
  }

  return {
    restart() {
      watch = startWatch(now(), isHidden())
    },
    seconds: () => secondsBy(watch, now()),

    /** Runs until the returned function is called. */
    start() {
      const way = { passive: true, capture: true }
      for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, live, way)
      document.addEventListener('visibilitychange', turn)
      return () => {
        for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, live, way)
        document.removeEventListener('visibilitychange', turn)
      }
    },
  }
}
