import Link from 'next/link'
import { TableCell } from '@/components/ui/table'

type CaseCellProps = {
  project: string
  one: { caseId: string; externalId: string; subject: string }
}

/** Which case a row is about. */
export function CaseCell({ project, one }: CaseCellProps) {
  return (
    <TableCell className="min-w-48 max-w-72">
      <Link href={`/projects/${project}/cases/${one.caseId}`} className="link">
        {one.subject || one.externalId}
      </Link>
      <span className="block truncate font-mono text-muted text-xs">{one.externalId}</span>
    </TableCell>
  )
}
