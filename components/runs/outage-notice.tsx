'use client'
import { useEffect, useState } from 'react'
import { Notice } from '@/components/ui/notice'
import { Time } from '@/components/ui/time'
import { PATIENCE_MS, sayNextTry } from '@/lib/runs/outages/rules'
import type { Outage } from '@/lib/runs/schema'

/** A run at work that can't reach Bedrock: it goes on by itself. The seconds are not read out. */
export function OutageNotice({ outage }: { outage: Outage }) {
  const nextTry = useNextTry(outage.nextTryAt)
  return (
    <Notice tone="warn" title="Bedrock can’t be reached">
      <p aria-live="off">
        Since <Time iso={outage.since} />
        {nextTry === null ? '' : `; ${nextTry}`}. Nothing is lost: the run goes on by itself, or
        pauses after {PATIENCE_MS / 60_000} minutes.
      </p>
    </Notice>
  )
}

/** In words; null until the browser has taken over, whose clock it is counted by. */
function useNextTry(nextTryAt: string): string | null {
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    const look = () => setNow(Date.now())
    const first = setTimeout(look)
    const each = setInterval(look, 1_000)
    return () => {
      clearTimeout(first)
      clearInterval(each)
    }
  }, [])
  return now === null ? null : sayNextTry(Date.parse(nextTryAt), now)
}
