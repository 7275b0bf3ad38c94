'use client'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Input, Select } from '@/components/ui/field'
import { Loaded } from '@/components/ui/loaded'
import { candidatesQuery } from '@/lib/versions/examples/queries'
import type { Candidate } from '@/lib/versions/examples/schema'
import type { VersionCategory } from '@/lib/versions/schema'
import { ExampleFields, type ExampleInput } from './example-fields'
import type { Draft } from './use-draft'

type AddExampleDialogProps = {
  project: string
  versionId: string
  categories: VersionCategory[]
  run: Draft['run']
  onClose: () => void
}

/** First a reviewed case, then what the example says of it. */
export function AddExampleDialog(props: AddExampleDialogProps) {
  const { project, versionId, categories, run, onClose } = props
  const [chosen, setChosen] = useState<Candidate | null>(null)
  const [value, setValue] = useState<ExampleInput | null>(null)
  const [busy, setBusy] = useState(false)
  function choose(candidate: Candidate) {
    const { text, labelId, note } = candidate
    setChosen(candidate)
    setValue({ kind: 'good', text, labelId, wrongLabelId: null, explanation: note })
  }
  async function add() {
    if (!chosen || !value) return
    setBusy(true)
    const added = await run({ do: 'add', example: { ...value, caseId: chosen.caseId } })
    setBusy(false)
    if (added) onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      className="max-w-3xl"
      title="Add an example"
      description={chosen?.subject ?? 'Choose a reviewed case of the example pool.'}
      footer={
        chosen && value ? (
          <>
            <Button onClick={() => setChosen(null)}>Choose another case</Button>
            <Button
              variant="primary"
              busy={busy}
              disabled={value.text.trim() === ''}
              onClick={() => void add()}
            >
              Add to the draft
            </Button>
          </>
        ) : null
      }
    >
      {chosen && value ? (
        <ExampleFields value={value} categories={categories} onChange={setValue} />
      ) : (
        <CandidateList
          project={project}
          versionId={versionId}
          categories={categories}
          onChoose={choose}
        />
      )}
    </Dialog>
  )
}

type CandidateListProps = Pick<AddExampleDialogProps, 'project' | 'versionId' | 'categories'> & {
  onChoose: (candidate: Candidate) => void
}

function CandidateList({ project, versionId, categories, onChoose }: CandidateListProps) {
  const [labelId, setLabelId] = useState('')
  const [search, setSearch] = useState('')
  const candidates = useQuery(
    candidatesQuery(project, versionId, { labelId, search: useDeferredValue(search) }),
  )
  const nameOf = (id: string) => categories.find(({ categoryId }) => categoryId === id)?.name
  return (
    <div className="grid gap-3">
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Label">
          {(id) => (
            <Select id={id} value={labelId} onChange={({ target }) => setLabelId(target.value)}>
              <option value="">Any</option>
              {categories.map(({ categoryId, name }) => (
                <option key={categoryId} value={categoryId}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Search">
          {(id) => (
            <Input
              id={id}
              type="search"
              placeholder="Subject or id"
              value={search}
              onChange={(event) => setSearch(event.target.value)}
            />
          )}
        </Field>
      </div>
      <Loaded query={candidates}>
        {(all) =>
          all.length === 0 ? (
            <p className="text-muted">
              No case fits. Examples need a final label: review cases of the example pool first.
            </p>
          ) : (
            <ul className="grid">
              {all.map((candidate) => (
                <li key={candidate.caseId} className="border-line border-b last:border-b-0">
                  <button
                    type="button"
                    className="flex w-full flex-wrap items-baseline gap-x-3 gap-y-0.5 rounded-md px-1.5 py-2 text-left hover:bg-sunken"
                    onClick={() => onChoose(candidate)}
                  >
                    <span className="font-mono text-[13px]">{candidate.externalId}</span>
                    <span className="min-w-0 flex-1 basis-48 break-words">{candidate.subject}</span>
                    <span className="text-[13px] text-muted">{nameOf(candidate.labelId)}</span>
                    {candidate.closeCall ? <Badge tone="warn">close call</Badge> : null}
                  </button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </div>
  )
}
