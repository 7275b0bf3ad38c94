import { Card } from '@/components/ui/card'
import { Field, Input, Select } from '@/components/ui/field'
import { guessMessageList } from '@/lib/cases/imports/mapping/rules'
import type { ColumnProfile, MessagesMapping } from '@/lib/cases/imports/schema'
import { ColumnSelect } from './column-select'

type ListMapping = Extract<MessagesMapping, { kind: 'list' }>

type MessageFieldsProps = {
  columns: readonly ColumnProfile[]
  value: MessagesMapping
  onChange: (value: MessagesMapping) => void
}

/** Where the words of a case stand: one column of text, or a list of messages. */
export function MessageFields({ columns, value, onChange }: MessageFieldsProps) {
  const lists = columns.filter(({ kind }) => kind === 'list')
  const setKind = (kind: string) => {
    const list = lists[0]
    if (kind === 'list' && list) onChange(guessMessageList(list))
    else onChange({ kind: 'text', column: value.column })
  }
  const setColumn = (column: string | null) => {
    const list = lists.find(({ name }) => name === column)
    if (value.kind === 'list' && list) onChange(guessMessageList(list))
    else if (column) onChange({ ...value, column })
  }
  return (
    <Card title="The text">
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <Field label="A case is">
          {(id) => (
            <Select id={id} value={value.kind} onChange={(event) => setKind(event.target.value)}>
              <option value="text">one text</option>
              <option value="list" disabled={lists.length === 0 && value.kind === 'text'}>
                a list of messages
              </option>
            </Select>
          )}
        </Field>
        <ColumnSelect
          label={value.kind === 'list' ? 'Messages' : 'Text'}
          columns={value.kind === 'list' ? lists : columns}
          value={value.column}
          onChange={setColumn}
        />
        {value.kind === 'list' ? (
          <ListFields
            keys={lists.find(({ name }) => name === value.column)?.keys ?? []}
            value={value}
            onChange={onChange}
          />
        ) : null}
      </div>
      {value.kind === 'list' ? <RoleFields value={value} onChange={onChange} /> : null}
    </Card>
  )
}

type ListProps = { value: ListMapping; onChange: (value: ListMapping) => void }

function ListFields({ keys, value, onChange }: ListProps & { keys: readonly string[] }) {
  const columns = keys.map((name) => ({ name }))
  return (
    <>
      <ColumnSelect
        label="Text of a message"
        columns={columns}
        value={value.text}
        onChange={(text) => onChange({ ...value, text: text ?? value.text })}
      />
      <ColumnSelect
        label="Author"
        none="None"
        columns={columns}
        value={value.author}
        onChange={(author) => onChange({ ...value, author })}
      />
      <ColumnSelect
        label="Role"
        none="None"
        columns={columns}
        value={value.role}
        onChange={(role) => onChange({ ...value, role })}
      />
      <ColumnSelect
        label="Time of a message"
        none="None"
        columns={columns}
        value={value.time}
        onChange={(time) => onChange({ ...value, time })}
      />
    </>
  )
}

function RoleFields({ value, onChange }: ListProps) {
  const words = [
    ['customer', 'Customer is called'],
    ['agent', 'Agent is called'],
    ['system', 'System is called'],
  ] as const
  return (
    <fieldset className="mt-4 grid gap-3">
      <legend className="text-[13px] text-muted">
        Values of the role column, with commas between. A message with any other role is the
        customer’s if its author wrote the first message, else the agent’s.
      </legend>
      <div className="grid gap-4 sm:grid-cols-3">
        {words.map(([role, label]) => (
          <Field key={role} label={label}>
            {(id) => (
              <Input
                id={id}
                defaultValue={value.roles[role].join(', ')}
                onChange={(event) =>
                  onChange({
                    ...value,
                    roles: { ...value.roles, [role]: readWords(event.target.value) },
                  })
                }
              />
            )}
          </Field>
        ))}
      </div>
    </fieldset>
  )
}

const readWords = (text: string) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean)
