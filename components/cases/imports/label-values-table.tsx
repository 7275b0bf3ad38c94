import { Select } from '@/components/ui/field'
import { count } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'
import type { LabelValues } from '@/lib/cases/imports/schema'
import type { CategoryView } from '@/lib/projects/schema'

type ValuesTableProps = {
  labels: LabelValues
  categories: readonly CategoryView[]
  /** What was chosen by hand; other values mean the category of the same name. */
  chosen: Record<string, string | null>
  onChange: (values: Record<string, string | null>) => void
}

const UNKNOWN = 'unknown'
const NO_LABEL = 'none'

export function LabelValuesTable({ labels, categories, chosen, onChange }: ValuesTableProps) {
  const current = (value: string, guessed: string | null) =>
    Object.hasOwn(chosen, value) ? (chosen[value] ?? NO_LABEL) : (guessed ?? UNKNOWN)
  const unknown = labels.values.filter(
    ({ value, categoryId }) => current(value, categoryId) === UNKNOWN,
  )
  const choose = (value: string, choice: string) => {
    const { [value]: _, ...others } = chosen
    if (choice === UNKNOWN) onChange(others)
    else onChange({ ...others, [value]: choice === NO_LABEL ? null : choice })
  }
  return (
    <div className="grid gap-3">
      {unknown.length > 0 ? (
        <Notice
          tone="warn"
          title={
            unknown.length === 1
              ? '1 label is none of the categories'
              : `${count(unknown.length)} labels are none of the categories`
          }
        >
          Say what they mean, or the rows with them are bad.
        </Notice>
      ) : null}
      {labels.more ? (
        <p className="text-[13px] text-muted">There are more labels than are listed here.</p>
      ) : null}
      <Table label="Labels in the file" long>
        <TableHead>
          <TableRow>
            <TableHeader>Label in the file</TableHeader>
            <TableHeader numeric>Rows</TableHeader>
            <TableHeader>Means</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {labels.values.map(({ value, rows, categoryId }) => (
            <TableRow key={value}>
              <TableCell className="wrap-anywhere min-w-32">{value}</TableCell>
              <TableCell numeric>{count(rows)}</TableCell>
              <TableCell className="min-w-48">
                <Select
                  aria-label={`Category of ${value}`}
                  value={current(value, categoryId)}
                  onChange={(event) => choose(value, event.target.value)}
                >
                  <option value={UNKNOWN}>no category yet</option>
                  <option value={NO_LABEL}>import without a label</option>
                  {categories.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </Select>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  )
}
