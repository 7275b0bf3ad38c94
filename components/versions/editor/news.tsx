'use client'
import { useEffect, useState } from 'react'
import type { DraftState } from '@/lib/versions/drafts/keeping/rules'

const SHOWN_FOR_MS = 20_000

/** What someone else has just changed; read out, and gone after a while. */
export function News({ news }: { news: DraftState['news'] }) {
  const [seen, setSeen] = useState<DraftState['news']>(null)
  useEffect(() => {
    if (!news) return
    const timer = setTimeout(() => setSeen(news), SHOWN_FOR_MS)
    return () => clearTimeout(timer)
  }, [news])
  const shown = news && news !== seen ? news.text : ''
  return (
    <p role="status" className={shown ? 'min-w-0 text-[13px] text-accent' : 'sr-only'}>
      {shown}
    </p>
  )
}
