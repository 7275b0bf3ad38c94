'use client'
import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useMemo } from 'react'
import { effectsQuery } from '@/lib/runs/effects/queries'
import { describeEffect } from '@/lib/runs/effects/rules'

/** By example, what the newest study says of it in few words. */
const EffectsContext = createContext<ReadonlyMap<string, string>>(new Map())

type ExampleEffectsProps = { project: string; versionId: string; children: ReactNode }

/** Lets the examples below show what each of them does, where it was measured. */
export function ExampleEffects({ project, versionId, children }: ExampleEffectsProps) {
  const { data } = useQuery(effectsQuery(project, versionId))
  const effects = useMemo(() => {
    const study = data?.study
    if (!study) return new Map<string, string>()
    return new Map(
      study.parts.flatMap((part) =>
        part.examples.map(({ id }) => [id, describeEffect(part, study.current)] as const),
      ),
    )
  }, [data])
  return <EffectsContext value={effects}>{children}</EffectsContext>
}

export function ExampleEffect({ exampleId }: { exampleId: string }) {
  const said = use(EffectsContext).get(exampleId)
  return said ? <span className="text-muted text-xs tabular-nums">{said}</span> : null
}
