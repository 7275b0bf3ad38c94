'use client'
import { useEffect, useState } from 'react'
import type { DraftState as State } from '@/lib/versions/drafts/presence/schema'
import { readDraft, tellPresence } from '@/lib/versions/drafts/queries'
import type { DraftKeeper } from './draft-keeper'

const EVERY_MS = 3_000

type Others = State['others']

/**
 * While the page is in view: says every few seconds that one is here and what one has in hand, learns
 * who else is, and reads the draft again once someone has saved it.
 */
export function usePresence(slug: string, versionId: string, keeper: DraftKeeper): Others {
  const [others, setOthers] = useState<Others>([])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    let isOver = false
    async function look() {
      clearTimeout(timer)
      if (!document.hidden) await ask().catch(() => setOthers(NOBODY))
      if (!isOver) timer = setTimeout(() => void look(), EVERY_MS)
    }
    async function ask() {
      const state = await tellPresence(slug, versionId, partInHand())
      if (isOver) return
      setOthers((known) => (isSameList(known, state.others) ? known : state.others))
      if (state.discarded) keeper.end()
      else if (state.edit > keeper.read().saved.edit) {
        const theirs = await readDraft(slug, versionId)
        if (!isOver) keeper.receive(theirs, state.savedByYou)
      }
    }
    const lookNow = () => {
      if (!document.hidden) void look()
    }
    void look()
    document.addEventListener('visibilitychange', lookNow)
    return () => {
      isOver = true
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', lookNow)
    }
  }, [keeper, slug, versionId])
  return others
}

const NOBODY: Others = []

const isSameList = (a: Others, b: Others) => JSON.stringify(a) === JSON.stringify(b)

/** What the focus is in, as its place on the page is named. */
function partInHand(): string {
  const place = document.activeElement?.closest('[data-part]')
  return place instanceof HTMLElement ? (place.dataset.part ?? '') : ''
}
