'use client'
import dynamic from 'next/dynamic'
import { usePathname } from 'next/navigation'
import { useEffect, useState } from 'react'
import { offerToSend } from '@/lib/platform/unsent'

// Only for who has something to send.
const UnsentState = dynamic(() => import('./unsent-state'), { ssr: false })

/** On every page: sends what waits in this browser and says so. The review page does it by itself. */
export function UnsentAnswers({ userId }: { userId: string }) {
  const [wanted, setWanted] = useState(false)
  const path = usePathname()
  const isReviewing = /^\/projects\/[^/]+\/review$/.test(path)

  // biome-ignore lint/correctness/useExhaustiveDependencies: there may be something after every page
  useEffect(() => {
    let isOver = false
    hasEntries(userId).then(
      (found) => isOver || setWanted(found),
      // Without a connection its code may not come; the next page asks again.
      () => undefined,
    )
    return () => {
      isOver = true
    }
  }, [userId, path])

  useEffect(
    () => offerToSend(async () => (await import('./unsent-sending')).sendAll(userId)),
    [userId],
  )
  return wanted && !isReviewing ? <UnsentState userId={userId} /> : null
}

async function hasEntries(userId: string): Promise<boolean> {
  const { openOutbox } = await import('@/lib/platform/outbox')
  return (await (await openOutbox()).list(userId)).length > 0
}
