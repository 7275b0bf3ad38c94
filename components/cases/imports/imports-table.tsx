import Link from 'next/link'
import { count } from '@/components/ui/figures'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { ImportView } from '@/lib/cases/imports/schema'
import { ImportBadge } from './import-badge'

export function ImportsTable({ project, imports }: { project: string; imports: ImportView[] }) {
  return (
    <Table label="Imported files">
      <TableHead>
        <TableRow>
          <TableHeader>File</TableHeader>
          <TableHeader>Status</TableHeader>
          <TableHeader numeric>Added</TableHeader>
          <TableHeader numeric>Revised</TableHeader>
          <TableHeader numeric>Skipped</TableHeader>
          <TableHeader numeric>Bad rows</TableHeader>
          <TableHeader>By</TableHeader>
          <TableHeader>When</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {imports.map((one) => (
          <TableRow key={one.id}>
            <TableCell className="max-w-64 truncate font-medium">
              <Link className="link" href={`/projects/${project}/imports/${one.id}`}>
                {one.fileName}
              </Link>
            </TableCell>
            <TableCell>
              <ImportBadge found={one} />
            </TableCell>
            <TableCell numeric>{count(one.added)}</TableCell>
            <TableCell numeric>{count(one.revised)}</TableCell>
            <TableCell numeric>{count(one.unchanged + one.duplicates)}</TableCell>
            <TableCell numeric>{count(one.bad)}</TableCell>
            <TableCell>{one.createdBy ?? 'Closecall'}</TableCell>
            <TableCell className="whitespace-nowrap">
              <Time iso={one.createdAt} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
