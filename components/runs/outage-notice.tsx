'use client'
import { useEffect, useState } from 'react'
import { Notice } from '@/components/ui/notice'
import { Time } from '@/components/ui/time'
import { PATIENCE_MS, sayNextTry } from '@/lib/runs/outages/rules'
import type { Outage } from '@/lib/runs/schema'

const TITLES: Record<Outage['kind'], string> = {
  unreachable: 'Bedrock can’t be reached',
  busy: 'Bedrock is busy',
}

/** A run at work that gets nowhere with Bedrock: it goes on by itself. The seconds are not read out. */
export function OutageNotice({ outage }: { outage: Outage }) {
  const nextTry = useNextTry(outage.nextTryAt)
  return (
    <Notice tone="warn" title={TITLES[outage.kind]}>
      <p aria-live="off">
        Since <Time iso={outage.since} />
        {outage.kind === 'busy' ? ' it has turned every call away' : ''}
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
