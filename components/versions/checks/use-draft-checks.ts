'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { checkFactsQuery } from '@/lib/versions/checks/queries'
import { createDraftChecker } from '@/lib/versions/checks/rules'
import type { Check } from '@/lib/versions/checks/schema'
import { takeFitting } from '@/lib/versions/drafts/queue/rules'
import type { DraftKeeper } from '../editor/draft-keeper'

/** After the last change, and longer than between two keys of someone who types: none waits for a check. */
const CHECK_AFTER_MS = 500

/** With more examples the first paint does not wait for the checks. */
const CHECKED_AT_ONCE = 40

/** What is to be mended in a draft, as it is edited; null until it has been looked at. */
export function useDraftChecks(project: string, versionId: string, keeper: DraftKeeper) {
  const client = useQueryClient()
  const { data: facts = null } = useQuery(checkFactsQuery(project, versionId))
  const [check] = useState(createDraftChecker)
  // Of a small draft there from the start, so that nothing below them moves once they come.
  const [checks, setChecks] = useState<Check[] | null>(() => {
    const draft = takeFitting(keeper.read())
    return draft.examples.length > CHECKED_AT_ONCE ? null : check(draft, facts)
  })

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const look = () => {
      const found = check(takeFitting(keeper.read()), facts)
      setChecks((before) => (isSame(before, found) ? before : found))
    }
    const lookLater = () => {
      clearTimeout(timer)
      timer = setTimeout(look, CHECK_AFTER_MS)
    }
    // Behind the first paint.
    timer = setTimeout(look, 0)
    const stop = keeper.subscribe(lookLater)
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [check, facts, keeper])

  useEffect(() => {
    let { saved } = keeper.read()
    return keeper.subscribe(() => {
      const before = saved
      saved = keeper.read().saved
      const hasChanged =
        saved.examples !== before.examples ||
        saved.categories !== before.categories ||
        saved.model.modelId !== before.model.modelId ||
        saved.model.mendModelId !== before.model.mendModelId
      if (hasChanged) {
        void client.invalidateQueries({ queryKey: checkFactsQuery(project, versionId).queryKey })
      }
    })
  }, [client, keeper, project, versionId])

  return checks
}

/** The same list keeps its identity, so that nothing is drawn anew. */
function isSame(before: Check[] | null, found: readonly Check[]): boolean {
  return (
    before?.length === found.length &&
    found.every(({ id, sentence }, at) => {
      const other = before[at]
      return other?.id === id && other.sentence === sentence
    })
  )
}
