import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { runQuery } from '../queries'
import { isEnded } from '../rules'
import type { RunView } from '../schema'

/** A stream begins anew within a minute, and says something when it begins: after longer it hangs. */
const SILENCE_MS = 70_000

/**
 * Takes the run's progress as the server sends it. True while it comes; otherwise whoever shows the
 * run asks for it now and then.
 */
export function useRunEvents(slug: string, runId: string, status: RunView['status'] | undefined) {
  const client = useQueryClient()
  const [coming, setComing] = useState(false)
  const ended = status === undefined || isEnded(status)
  useEffect(() => {
    if (ended) return
    const { queryKey } = runQuery(slug, runId)
    const source = new EventSource(`/api/projects/${slug}/runs/${runId}/events`)
    let silence: ReturnType<typeof setTimeout> | undefined
    source.onmessage = ({ data }: MessageEvent<string>) => {
      setComing(true)
      clearTimeout(silence)
      silence = setTimeout(() => setComing(false), SILENCE_MS)
      client.setQueryData(queryKey, JSON.parse(data) as RunView)
    }
    source.onerror = () => setComing(false)
    return () => {
      source.close()
      clearTimeout(silence)
      setComing(false)
    }
  }, [client, slug, runId, ended])
  return coming
}
