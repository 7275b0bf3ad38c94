'use client'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Input, Select } from '@/components/ui/field'
import { Loaded } from '@/components/ui/loaded'
import { newId } from '@/lib/platform/ids'
import { nextPosition } from '@/lib/versions/drafts/steps/rules'
import { candidatesQuery } from '@/lib/versions/examples/queries'
import type { Candidate } from '@/lib/versions/examples/schema'
import type { VersionCategory } from '@/lib/versions/schema'
import type { DraftKeeper } from './draft-keeper'
import { ExampleFields } from './example-fields'
import { useExampleInput } from './use-example-input'

type AddExampleDialogProps = {
  project: string
  versionId: string
  categories: VersionCategory[]
  keeper: DraftKeeper
  onClose: () => void
}

/** First a reviewed case, then what the example says of it. */
export function AddExampleDialog(props: AddExampleDialogProps) {
  const [chosen, setChosen] = useState<Candidate | null>(null)
  return chosen ? (
    <SayExample {...props} chosen={chosen} onBack={() => setChosen(null)} />
  ) : (
    <Dialog
      open
      onOpenChange={props.onClose}
      className="max-w-3xl"
      title="Add an example"
      description="Choose a reviewed case of the example pool."
    >
      <CandidateList {...props} onChoose={setChosen} />
    </Dialog>
  )
}

type SayExampleProps = AddExampleDialogProps & { chosen: Candidate; onBack: () => void }

function SayExample({ project, chosen, categories, keeper, onBack, onClose }: SayExampleProps) {
  const { caseId, externalId, subject, text, labelId, note } = chosen
  const input = useExampleInput({
    ...{ kind: 'good', text, labelId, wrongLabelId: null, explanation: note },
  })
  function add() {
    const said = input.check()
    if (!said) return
    const position = nextPosition(keeper.read().shown.examples)
    const from = { id: newId(), caseId, externalId, subject, reviewId: null, position }
    keeper.perform({
      do: 'addExample',
      example: { ...from, ...said, enabled: true, flagged: false },
    })
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      className="max-w-3xl"
      title="Add an example"
      description={subject}
      footer={
        <>
          <Button onClick={onBack}>Choose another case</Button>
          <Button variant="primary" onClick={add}>
            Add to the draft
          </Button>
        </>
      }
    >
      <ExampleFields
        project={project}
        caseId={caseId}
        value={input.value}
        categories={categories}
        textError={input.textError}
        onChange={input.setValue}
      />
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
