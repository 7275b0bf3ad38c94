'use client'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Field, Input, Select } from '@/components/ui/field'
import { count } from '@/components/ui/figures'
import { showError } from '@/components/ui/show-error'
import type { Pool } from '@/lib/cases/schema'
import { projectQuery } from '@/lib/projects/queries'
import { useGiveCases } from '@/lib/reviews/handouts/queries'
import { type Handouts, newHandout } from '@/lib/reviews/handouts/schema'
import { POOL_NAMES } from './pool-names'

const POOL_HINTS: Record<Pool, string> = {
  example: 'With the suggestion in view. Corrections come from here.',
  dev: 'Blind. Versions are compared on these.',
  test: 'Blind. A release is judged on these.',
}

const EMPTY = { userId: '', cases: '100', pool: 'example', predictedId: '', dueOn: '', note: '' }

type Props = { project: string; people: Handouts['people'] }

export function GiveForm({ project, people }: Props) {
  const { data } = useQuery(projectQuery(project))
  const give = useGiveCases(project)
  const [form, setForm] = useState({ ...EMPTY, userId: people[0]?.userId ?? '' })
  const [problems, setProblems] = useState<Record<string, string>>({})
  const set = (change: Partial<typeof EMPTY>) => setForm({ ...form, ...change })
  const name = people.find(({ userId }) => userId === form.userId)?.name ?? ''

  function submit(event: FormEvent) {
    event.preventDefault()
    const parsed = newHandout.safeParse({
      ...form,
      cases: Number(form.cases),
      predictedId: form.pool === 'example' && form.predictedId ? form.predictedId : null,
      dueOn: form.dueOn || null,
    })
    if (!parsed.success) {
      const { issues } = parsed.error
      setProblems(Object.fromEntries(issues.map(({ path, message }) => [String(path[0]), message])))
      return
    }
    setProblems({})
    const wanted = parsed.data.cases
    give.mutate(parsed.data, {
      onError: showError,
      onSuccess: ({ cases }) => {
        set({ note: '' })
        const given = `${name} was given ${count(cases)} ${cases === 1 ? 'case' : 'cases'}`
        toast.success(cases < wanted ? `${given}: no more fit` : given)
      },
    })
  }

  return (
    <form onSubmit={submit} className="grid gap-4 sm:grid-cols-2" noValidate>
      <Field label="Person" error={problems.userId}>
        {(id) => (
          <Select
            id={id}
            value={form.userId}
            onChange={(event) => set({ userId: event.target.value })}
          >
            {people.map((person) => (
              <option key={person.userId} value={person.userId}>
                {person.name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="How many cases" error={problems.cases}>
        {(id) => (
          <Input
            id={id}
            inputMode="numeric"
            value={form.cases}
            onChange={(event) => set({ cases: event.target.value })}
          />
        )}
      </Field>
      <Field label="From" hint={POOL_HINTS[form.pool as Pool]} error={problems.pool}>
        {(id) => (
          <Select id={id} value={form.pool} onChange={(event) => set({ pool: event.target.value })}>
            {Object.entries(POOL_NAMES).map(([pool, poolName]) => (
              <option key={pool} value={pool}>
                {poolName}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {form.pool === 'example' ? (
        <Field
          label="Only cases suggested as"
          hint="Such picks never count as a random sample."
          error={problems.predictedId}
        >
          {(id) => (
            <Select
              id={id}
              value={form.predictedId}
              onChange={(event) => set({ predictedId: event.target.value })}
            >
              <option value="">Anything, in random order</option>
              {data?.categories.map((category) => (
                <option key={category.id} value={category.id}>
                  {category.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      ) : null}
      <Field label="Due day" hint="Can be left empty." error={problems.dueOn}>
        {(id) => (
          <Input
            id={id}
            type="date"
            value={form.dueOn}
            onChange={(event) => set({ dueOn: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Note to the person"
        hint="They see it while they review."
        error={problems.note}
        className="sm:col-span-2"
      >
        {(id) => (
          <Input
            id={id}
            value={form.note}
            onChange={(event) => set({ note: event.target.value })}
          />
        )}
      </Field>
      <div className="flex justify-end sm:col-span-2">
        <Button type="submit" variant="primary" busy={give.isPending}>
          Give
        </Button>
      </div>
    </form>
  )
}
