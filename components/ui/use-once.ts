import { useRef } from 'react'

/**
 * For what costs when it is begun: of two clicks at once only the first begins it. That a mutation is
 * under way is known to React a moment too late. `again` gives the turn back: where the page is left
 * after a success only on an error, otherwise when all has settled.
 */
export function useOnce() {
  const isTaken = useRef(false)
  return (begin: (again: () => void) => void): void => {
    if (isTaken.current) return
    isTaken.current = true
    begin(() => {
      isTaken.current = false
    })
  }
}
