import { Card } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/field'
import type { ColumnProfile, Mapping } from '@/lib/cases/imports/schema'

type MetadataProps = {
  columns: readonly ColumnProfile[]
  mapping: Mapping
  onChange: (columns: string[]) => void
}

/** Columns that are kept beside a case. Never sent to the model. */
export function MetadataFields({ columns, mapping, onChange }: MetadataProps) {
  const { metadata, messages, label } = mapping
  const taken = [messages.column, label?.column, mapping.externalId, mapping.subject, mapping.link]
  const free = columns.filter(({ name }) => !taken.includes(name))
  if (free.length === 0) return null
  return (
    <Card
      title="Shown beside the case"
      description="Reviewers see these. Leave out what would give the answer away."
    >
      <div className="grid max-h-64 gap-2 overflow-y-auto sm:grid-cols-2 lg:grid-cols-4">
        {free.map(({ name }) => (
          <Checkbox
            key={name}
            label={name}
            checked={metadata.includes(name)}
            onChange={(event) =>
              onChange(
                event.target.checked
                  ? [...metadata, name]
                  : metadata.filter((column) => column !== name),
              )
            }
          />
        ))}
      </div>
    </Card>
  )
}
