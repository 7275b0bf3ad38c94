'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { errorMessage } from '@/components/ui/error-message'
import { AppError } from '@/lib/platform/errors'
import { type DraftStep, useChangeDraft } from '@/lib/versions/drafts/queries'
import { versionQuery } from '@/lib/versions/queries'
import type { VersionView } from '@/lib/versions/schema'

const SAVE_AFTER_MS = 600

const FIELDS = [
  'note',
  'persona',
  'rules',
  'categories',
  'answerFormat',
  'badExampleForm',
  'model',
] as const

export type DraftField = (typeof FIELDS)[number]
export type DraftFields = Partial<Pick<VersionView, DraftField>>

export type Problem = { kind: 'conflict' | 'failed'; message: string }

/**
 * A draft as this person sees it: what is saved, with their own unsaved fields over it. Fields save
 * themselves shortly after the last change. When someone else has changed the draft meanwhile nothing
 * is overwritten and nothing of one's own is dropped: the person chooses.
 */
export function useDraft(slug: string, saved: VersionView) {
  const client = useQueryClient()
  const [own, setOwn] = useState<DraftFields>({})
  const [problem, setProblem] = useState<Problem | null>(null)
  const latest = useRef<DraftFields>(own)
  // The state of the draft that this person's changes start from.
  const edit = useRef(saved.edit)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const sending = useRef(0)

  const put = useCallback((fields: DraftFields) => {
    latest.current = fields
    setOwn(fields)
  }, [])

  const { mutateAsync, isPending } = useChangeDraft(slug, saved.id, () => edit.current)

  const run = useCallback(
    async (step: DraftStep): Promise<boolean> => {
      sending.current += 1
      try {
        edit.current = (await mutateAsync(step)).edit
        setProblem(null)
        return true
      } catch (error) {
        const conflict = error instanceof AppError && error.code === 'conflict'
        setProblem({ kind: conflict ? 'conflict' : 'failed', message: errorMessage(error) })
        if (conflict)
          await client.invalidateQueries({ queryKey: versionQuery(slug, saved.id).queryKey })
        return false
      } finally {
        sending.current -= 1
      }
    },
    [client, mutateAsync, saved.id, slug],
  )

  const save = useCallback(async () => {
    clearTimeout(timer.current)
    const sent = latest.current
    if (Object.keys(sent).length === 0) return true
    const done = await run({ do: 'save', change: toChange(sent) })
    // What was typed while the save was on its way stays unsaved.
    if (done) {
      put(pick(latest.current, (field) => latest.current[field] !== sent[field]))
    }
    return done
  }, [put, run])

  const change = useCallback(
    (fields: DraftFields) => {
      put({ ...latest.current, ...fields })
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void save(), SAVE_AFTER_MS)
    },
    [put, save],
  )

  useEffect(() => {
    // A newer state is taken over when nothing of one's own is open.
    if (Object.keys(latest.current).length === 0 && sending.current === 0) edit.current = saved.edit
  }, [saved.edit])

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (Object.keys(latest.current).length > 0) event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => {
      window.removeEventListener('beforeunload', warn)
      void save()
    }
  }, [save])

  return {
    shown: { ...saved, ...own },
    edit,
    problem,
    state: problem ? problem.kind : isPending || Object.keys(own).length > 0 ? 'saving' : 'saved',
    change,
    save,
    run,
    /** Saves one's own fields over what came between. */
    keepMine: () => {
      edit.current = saved.edit
      setProblem(null)
      return save()
    },
    takeTheirs: () => {
      clearTimeout(timer.current)
      edit.current = saved.edit
      put({})
      setProblem(null)
    },
    unsaved: Object.keys(own) as DraftField[],
  } as const
}

export type Draft = ReturnType<typeof useDraft>

function toChange({ categories, ...fields }: DraftFields) {
  if (!categories) return fields
  const described = categories.map(({ categoryId, description }) => ({ categoryId, description }))
  return { ...fields, categories: described }
}

function pick(fields: DraftFields, wanted: (field: DraftField) => boolean): DraftFields {
  return Object.fromEntries(
    FIELDS.filter((field) => field in fields && wanted(field)).map((field) => [
      field,
      fields[field],
    ]),
  )
}
