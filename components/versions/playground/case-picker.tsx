'use client'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Field, Input } from '@/components/ui/field'
import { Loaded } from '@/components/ui/loaded'
import { pickableCasesQuery } from '@/lib/versions/playground/queries'
import type { PickableCase } from '@/lib/versions/playground/schema'
import type { Wanted } from './use-playground'

type CasePickerProps = {
  project: string
  version: string
  picked: Wanted['picked']
  onPick: (picked: Wanted['picked']) => void
}

/** A case of the project by its id or subject; only those that this person may be shown answers of. */
export function CasePicker({ project, version, picked, onPick }: CasePickerProps) {
  const [q, setQ] = useState('')
  const query = useQuery({
    ...pickableCasesQuery(project, version, useDeferredValue(q.trim())),
    enabled: picked === null,
  })
  if (picked) {
    return (
      <div className="grid gap-2">
        <div className="flex items-start justify-between gap-3 rounded-lg bg-sunken px-3.5 py-2.5">
          <div className="min-w-0">
            <p className="wrap-anywhere font-medium">{picked.subject || picked.externalId}</p>
            <p className="wrap-anywhere font-mono text-muted text-xs">{picked.externalId}</p>
          </div>
          <Button size="sm" onClick={() => onPick(null)}>
            Change
          </Button>
        </div>
        {picked.leavesQueue ? (
          <p className="text-[13px] text-muted">
            You might be asked to review this case. Once you have seen the answers, you won’t be.
          </p>
        ) : null}
      </div>
    )
  }
  return (
    <div className="grid gap-2">
      <Field
        label="Search by id or subject"
        hint="Cases of the example and dev pool, without those that you have in hand to review."
      >
        {(id) => (
          <Input
            id={id}
            type="search"
            autoComplete="off"
            value={q}
            onChange={({ target }) => setQ(target.value)}
          />
        )}
      </Field>
      <Loaded query={query}>
        {(found) =>
          found.length > 0 ? (
            <ul aria-label="Cases found" className="grid">
              {found.map((one) => (
                <Found key={one.id} found={one} onPick={onPick} />
              ))}
            </ul>
          ) : (
            <p className="py-2 text-muted">
              {q
                ? 'No case has these words in its id or subject.'
                : 'There are no cases yet: import some, or paste one.'}
            </p>
          )
        }
      </Loaded>
    </div>
  )
}

function Found({ found, onPick }: { found: PickableCase; onPick: CasePickerProps['onPick'] }) {
  return (
    <li className="border-line border-t first:border-t-0">
      <button
        type="button"
        className="focus-visible:-outline-offset-2 flex w-full items-start justify-between gap-3 rounded-md px-1.5 py-2 text-left hover:bg-sunken"
        onClick={() => onPick(found)}
      >
        <span className="min-w-0">
          <span className="wrap-anywhere line-clamp-2">{found.subject || found.externalId}</span>
          <span className="block truncate font-mono text-muted text-xs">{found.externalId}</span>
        </span>
        <Badge>{found.pool}</Badge>
      </button>
    </li>
  )
}
