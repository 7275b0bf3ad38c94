'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { toast } from 'sonner'
import { nameParts, partsOf } from '@/lib/versions/drafts/merging/rules'
import { versionQuery, versionsKey } from '@/lib/versions/queries'
import type { VersionView } from '@/lib/versions/schema'
import { type DraftKeeper, keepDraft } from './draft-keeper'

/** Drafts of this tab that were left with something unsaved. Empty on the server. */
const left = new Map<string, DraftKeeper>()

/** A draft as this person sees it, and every way to change it. */
export function useDraft(slug: string, person: string, saved: VersionView) {
  const client = useQueryClient()
  const router = useRouter()
  const [keeper] = useState(
    () =>
      left.get(saved.id) ??
      keepDraft(slug, person, saved, (version) => {
        client.setQueryData(versionQuery(slug, version.id).queryKey, version)
        void client.invalidateQueries({ queryKey: versionsKey(slug), exact: true })
      }),
  )
  const state = useSyncExternalStore(keeper.subscribe, keeper.read, keeper.read)

  useEffect(() => keeper.receive(saved), [keeper, saved])

  useEffect(() => {
    left.delete(saved.id)
    return () => {
      left.set(saved.id, keeper)
      void keeper.save().then((isSaved) => {
        if (isSaved) return void left.delete(saved.id)
        // The page is there again: it says itself what is not saved.
        if (left.get(saved.id) !== keeper) return
        const { pending, shown } = keeper.read()
        toast.warning(`Not saved yet: ${nameParts(pending.flatMap(partsOf), shown)} of a draft.`, {
          duration: Number.POSITIVE_INFINITY,
          action: {
            label: 'Back to it',
            onClick: () => router.push(`/projects/${slug}/versions/${saved.id}`),
          },
        })
      })
    }
  }, [keeper, router, saved.id, slug])

  return { ...state, keeper }
}

export type Draft = ReturnType<typeof useDraft>
