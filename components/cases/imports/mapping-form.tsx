'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { count } from '@/components/ui/figures'
import { showError } from '@/components/ui/show-error'
import { useStartImport } from '@/lib/cases/imports/queries'
import type { ImportDetail, ImportPreview, LabelUse, Mapping } from '@/lib/cases/imports/schema'
import { ColumnSelect } from './column-select'
import { LabelFields } from './label-fields'
import { MessageFields } from './message-fields'
import { MetadataFields } from './metadata-fields'

type FormProps = { project: string; detail: ImportDetail; preview: ImportPreview; start: Mapping }

/** Which column is what: guessed, and changed at will. */
export function MappingForm({ project, detail, preview, start }: FormProps) {
  const [mapping, setMapping] = useState(start)
  const [labelUse, setLabelUse] = useState<LabelUse>(detail.labelUse)
  const startImport = useStartImport(project, detail.id)
  const change = (part: Partial<Mapping>) => setMapping((former) => ({ ...former, ...part }))
  const begin = (importGoodRows: boolean) =>
    startImport.mutate({ mapping, labelUse, importGoodRows }, { onError: showError })
  const good = detail.rows - detail.bad
  const { columns } = preview
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        begin(false)
      }}
    >
      <Card title="Which column is what" description="Guessed from names and values. Please check.">
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
          <ColumnSelect
            label="External id"
            none="None: tell cases apart by text"
            columns={columns}
            value={mapping.externalId}
            onChange={(externalId) => change({ externalId })}
          />
          <ColumnSelect
            label="Subject"
            none="None: use the start of the text"
            columns={columns}
            value={mapping.subject}
            onChange={(subject) => change({ subject })}
          />
          <ColumnSelect
            label="Time"
            none="None: use the first message’s"
            columns={columns}
            value={mapping.time}
            onChange={(time) => change({ time })}
          />
          <ColumnSelect
            label="Link"
            none="None"
            columns={columns}
            value={mapping.link}
            onChange={(link) => change({ link })}
          />
        </div>
      </Card>
      <MessageFields
        columns={columns}
        value={mapping.messages}
        onChange={(messages) => change({ messages })}
      />
      <LabelFields
        project={project}
        importId={detail.id}
        columns={columns}
        value={mapping.label}
        onChange={(label) => change({ label })}
        use={labelUse}
        onUseChange={setLabelUse}
      />
      <MetadataFields
        columns={columns}
        mapping={mapping}
        onChange={(metadata) => change({ metadata })}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="primary" busy={startImport.isPending}>
          Import
        </Button>
        {detail.status === 'rejected' && good > 0 ? (
          <Button busy={startImport.isPending} onClick={() => begin(true)}>
            Import the good rows
          </Button>
        ) : null}
        <p className="text-[13px] text-muted">
          {detail.status === 'rejected' && good > 0
            ? `“Import the good rows” leaves out bad rows; with the last mapping ${count(good)} were good.`
            : 'All rows or none: with a bad row nothing is imported, and you see which and why.'}
        </p>
      </div>
    </form>
  )
}
