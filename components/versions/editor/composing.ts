/**
 * When something was typed: while a character is being put together from several keys (Japanese, an accent)
 * the moment that began, so that no half of it becomes a step of its own.
 */
export const typedAt = (): number => composingSince ?? Date.now()

let composingSince: number | null = null

/** Until the returned function is called. */
export function watchComposing(): () => void {
  const begin = () => {
    composingSince = Date.now()
  }
  const end = () => {
    composingSince = null
  }
  addEventListener('compositionstart', begin)
  addEventListener('compositionend', end)
  return () => {
    removeEventListener('compositionstart', begin)
    removeEventListener('compositionend', end)
    end()
  }
}
