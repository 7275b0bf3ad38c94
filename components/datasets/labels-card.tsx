import { Download } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/field'
import { count } from '@/components/ui/figures'
import { finalLabelsUrl } from '@/lib/datasets/queries'
import type { TrainingDataView } from '@/lib/datasets/schema'

const FORMATS = [
  ['csv', 'CSV'],
  ['jsonl', 'JSON Lines'],
] as const

export function LabelsCard({ project, training }: { project: string; training: TrainingDataView }) {
  const { exportRows, withTest } = training
  const [replaced, setReplaced] = useState(training.redactPersonalData)
  return (
    <Card
      title="Final labels"
      description={`${count(exportRows)} ${exportRows === 1 ? 'case' : 'cases'} with text, label, second choice, source and pool, ${withTest ? 'of all pools' : 'without the locked test pool'}.`}
    >
      <Checkbox
        className="mb-3"
        label="Replace what looks like personal data"
        hint="By placeholders, in subject and text. What is not recognised stays: the column personal_data says whether it was done."
        checked={replaced}
        onChange={(event) => setReplaced(event.target.checked)}
      />
      <div className="flex flex-wrap gap-2">
        {FORMATS.map(([format, name]) => (
          <Button key={format} asChild>
            <a href={finalLabelsUrl(project, format, replaced ? 'replaced' : 'kept')} download>
              <Download aria-hidden />
              Download {name}
            </a>
          </Button>
        ))}
      </div>
      <ul className="mt-3 grid list-disc gap-1 pl-5 text-[13px] text-muted">
        <li>
          Rows marked <code>is_example</code> are examples of a version, or nearly the same as one:
          don’t measure anything with them.
        </li>
        <li>
          Only rows with <code>random</code> as their <code>selection</code> are a fair sample. The
          others were picked for their risk, or for a category that was short of its target.
        </li>
        <li>
          Rows marked <code>bulk_confirmed</code> were confirmed many at once, not read one by one.
        </li>
        <li>
          In CSV, text that a spreadsheet would take for a formula gets a leading apostrophe. JSON
          Lines keeps every text as it is.
        </li>
        <li>
          Files are UTF-8 without a byte order mark. In Excel, open the CSV with Data → From
          Text/CSV.
        </li>
      </ul>
    </Card>
  )
}
