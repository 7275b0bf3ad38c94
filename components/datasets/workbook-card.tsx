import { Download } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Checkbox, Select } from '@/components/ui/field'
import { count } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import { StandIn } from '@/components/ui/stand-in'
import { workbookUrl } from '@/lib/datasets/queries'
import type { TrainingDataView } from '@/lib/datasets/schema'
import { MOST_WORKBOOK_ROWS } from '@/lib/datasets/workbooks/rules'
import { nameVersion } from '@/lib/versions/rules'

type WorkbookCardProps = {
  project: string
  workbooks: TrainingDataView['workbooks']
  redactPersonalData: boolean
}

/** The figures of a version as a spreadsheet that anyone can check. */
export function WorkbookCard({ project, workbooks, redactPersonalData }: WorkbookCardProps) {
  const [replaced, setReplaced] = useState(redactPersonalData)
  const [chosen, setChosen] = useState<string | null>(null)
  const workbook = workbooks.find(({ version }) => version.id === chosen) ?? workbooks[0]
  return (
    <Card
      title="Workbook"
      description="A spreadsheet with a row for each labelled dev case of a version, in which “correct” and the accuracy above it are live formulas. A second sheet holds the cases reviewed with a suggestion in view."
    >
      {!workbook ? (
        <p className="text-muted">No version has run on dev yet. After its first run it is here.</p>
      ) : (
        <>
          <Checkbox
            className="mb-3"
            label="Replace what looks like personal data"
            hint="By placeholders, in subjects and notes. What is not recognised stays."
            checked={replaced}
            onChange={(event) => setReplaced(event.target.checked)}
          />
          <div className="flex flex-wrap items-center gap-2">
            <Select
              aria-label="Version of the workbook"
              className="w-auto"
              value={workbook.version.id}
              onChange={(event) => setChosen(event.target.value)}
            >
              {workbooks.map(({ version, rows }) => (
                <option key={version.id} value={version.id}>
                  {nameVersion(version)} ({count(rows)} {rows === 1 ? 'case' : 'cases'})
                </option>
              ))}
            </Select>
            {workbook.rows <= MOST_WORKBOOK_ROWS ? (
              <Button asChild>
                <a
                  href={workbookUrl(project, workbook.version, replaced ? 'replaced' : 'kept')}
                  download
                >
                  <Download aria-hidden />
                  Download workbook
                </a>
              </Button>
            ) : null}
            {workbook.standIn ? <StandIn /> : null}
          </div>
          {workbook.rows > MOST_WORKBOOK_ROWS ? (
            <Notice tone="warn" title="Too many cases for a workbook" className="mt-3">
              A workbook holds at most {count(MOST_WORKBOOK_ROWS)} rows. Download the final labels
              as CSV instead.
            </Notice>
          ) : null}
        </>
      )}
    </Card>
  )
}
