'use client'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/field'
import { Loaded } from '@/components/ui/loaded'
import { showError } from '@/components/ui/show-error'
import { redactionQuery, useChangeRedaction } from '@/lib/cases/redaction/queries'
import type { RedactionSetting, RedactionView } from '@/lib/cases/redaction/schema'
import { RedactionPreview } from './redaction-preview'
import { RedactionRecall } from './redaction-recall'

/** What is replaced by placeholders before text leaves for the model. */
export function RedactionCard({ project }: { project: string }) {
  const query = useQuery(redactionQuery(project))
  return (
    <Card
      title="Personal data"
      description="What we recognise is replaced by placeholders such as [EMAIL_1] before text is sent to the model. Cases stay whole here; what the model quotes is written back."
    >
      <Loaded query={query}>{(view) => <RedactionForm project={project} view={view} />}</Loaded>
    </Card>
  )
}

function RedactionForm({ project, view }: { project: string; view: RedactionView }) {
  const [setting, setSetting] = useState(view.setting)
  const change = useChangeRedaction(project)
  const { on, fields, authors } = setting

  function save(next: RedactionSetting, former: RedactionSetting | null) {
    change.mutate(next, {
      onSuccess: () => {
        setSetting(next)
        if (!former) return toast.success('Taken back')
        return toast.success('Saved: it holds for what is sent from now on', {
          action: { label: 'Undo', onClick: () => save(former, null) },
        })
      },
      onError: showError,
    })
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    save(setting, view.setting)
  }

  const choose = (name: string, chosen: boolean) =>
    setSetting({
      ...setting,
      fields: chosen ? [...fields, name] : fields.filter((one) => one !== name),
    })

  return (
    <form onSubmit={submit} className="grid gap-4" noValidate>
      <Checkbox
        label="Replace what looks like personal data or a secret"
        hint="E-mail addresses, phone, card and account numbers, IP addresses, passwords, keys and tokens. Names and postal addresses are not recognised by themselves."
        checked={on}
        onChange={(event) => setSetting({ ...setting, on: event.target.checked })}
      />
      <fieldset disabled={!on} className="grid gap-2 disabled:opacity-60">
        <legend className="mb-2 font-medium text-[13px]">
          Also replace, wherever the text has it
        </legend>
        <Checkbox
          label="Names of authors"
          hint="The names under which a case’s messages were written."
          checked={authors}
          onChange={(event) => setSetting({ ...setting, authors: event.target.checked })}
        />
        {view.fields.map(({ name, example }) => (
          <Checkbox
            key={name}
            label={
              <>
                Value of <span className="wrap-anywhere font-medium">{name}</span>
              </>
            }
            hint={
              example ? <span className="wrap-anywhere">For example: {example}</span> : undefined
            }
            checked={fields.includes(name)}
            onChange={(event) => choose(name, event.target.checked)}
          />
        ))}
        {view.fields.length === 0 ? (
          <p className="text-[13px] text-muted">
            No case has metadata fields yet. Columns that an import keeps as metadata, such as a
            customer’s name or an account id, can be chosen here.
          </p>
        ) : null}
      </fieldset>
      <RedactionRecall recall={view.recall} />
      <RedactionPreview project={project} setting={setting} />
      <div className="flex justify-end">
        <Button type="submit" variant="primary" busy={change.isPending}>
          Save what is replaced
        </Button>
      </div>
    </form>
  )
}
