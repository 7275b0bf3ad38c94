import type { Page } from '@playwright/test'

type Kept = { owner: string; scope: string; value: unknown; refused?: string }

/** What this browser keeps of unsent and refused answers, as it is on the disk. */
export const readOutbox = (page: Page): Promise<Kept[]> =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('closecall-outbox')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const reading = opening.result.transaction('entries').objectStore('entries').getAll()
          reading.onerror = () => reject(reading.error)
          reading.onsuccess = () => {
            opening.result.close()
            resolve(reading.result)
          }
        }
      }),
  )
