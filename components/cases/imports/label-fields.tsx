'use client'
import { useQuery } from '@tanstack/react-query'
import { Card } from '@/components/ui/card'
import { Field, Select } from '@/components/ui/field'
import { Loaded } from '@/components/ui/loaded'
import { labelValuesQuery } from '@/lib/cases/imports/queries'
import type { ColumnProfile, LabelUse, Mapping } from '@/lib/cases/imports/schema'
import { projectQuery } from '@/lib/projects/queries'
import { ColumnSelect } from './column-select'
import { LabelValuesTable } from './label-values-table'

type LabelMapping = Mapping['label']

type LabelFieldsProps = {
  project: string
  importId: string
  columns: readonly ColumnProfile[]
  value: LabelMapping
  onChange: (value: LabelMapping) => void
  use: LabelUse
  onUseChange: (use: LabelUse) => void
}

const USES: Record<LabelUse, string> = {
  dev_and_test: 'for dev and test cases only',
  all: 'for all cases',
  none: 'not at all',
}

/** Labels that come with the file: which of them mean which category, and what they are used for. */
export function LabelFields(props: LabelFieldsProps) {
  const { project, importId, columns, value, onChange, use, onUseChange } = props
  return (
    <Card
      title="Known labels"
      description="If the file says what each case is, versions can be measured without reviews."
    >
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <ColumnSelect
          label="Label"
          none="None"
          columns={columns}
          value={value?.column ?? null}
          onChange={(column) =>
            onChange(
              column ? { column, secondColumn: value?.secondColumn ?? null, values: {} } : null,
            )
          }
        />
        {value ? (
          <>
            <ColumnSelect
              label="Second choice of a close call"
              none="None"
              columns={columns}
              value={value.secondColumn}
              onChange={(secondColumn) => onChange({ ...value, secondColumn })}
            />
            <Field label="Use the labels">
              {(id) => (
                <Select
                  id={id}
                  value={use}
                  onChange={(event) => onUseChange(event.target.value as LabelUse)}
                >
                  {Object.entries(USES).map(([key, words]) => (
                    <option key={key} value={key}>
                      {words}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          </>
        ) : null}
      </div>
      {value && use !== 'none' ? (
        <Values project={project} importId={importId} value={value} onChange={onChange} />
      ) : null}
    </Card>
  )
}

type ValuesProps = {
  project: string
  importId: string
  value: NonNullable<LabelMapping>
  onChange: (value: LabelMapping) => void
}

function Values({ project, importId, value, onChange }: ValuesProps) {
  const found = useQuery(labelValuesQuery(project, importId, value.column))
  const categories = useQuery(projectQuery(project))
  return (
    <div className="mt-4">
      <Loaded query={categories}>
        {(view) => (
          <Loaded query={found}>
            {(labels) => (
              <LabelValuesTable
                labels={labels}
                categories={view.categories}
                chosen={value.values}
                onChange={(values) => onChange({ ...value, values })}
              />
            )}
          </Loaded>
        )}
      </Loaded>
    </div>
  )
}
