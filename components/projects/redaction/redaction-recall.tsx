import { count } from '@/components/ui/figures'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'
import type { RedactionView } from '@/lib/cases/redaction/schema'
import { KIND_WORDS } from '@/lib/cases/redaction/words/rules'

type Recall = RedactionView['recall']

/** How much of what is there is recognised, so that nobody takes what is sent for free of it. */
export function RedactionRecall({ recall }: { recall: Recall }) {
  const { sentences, all, unseen } = recall
  return (
    <details className="text-[13px]">
      <summary className="w-fit cursor-pointer font-medium">
        How much is recognised: {share(all)} in our own test, {share(unseen)} in sentences written
        after the rules
      </summary>
      <p className="mt-1.5 max-w-prose text-muted">
        Measured on {count(sentences)} sentences in several languages that we wrote and marked
        ourselves. Yours are written differently: look at “Calls” on a case’s page to see what was
        sent.
      </p>
      <Table label="What is recognised, by kind" className="mt-2">
        <TableHead>
          <TableRow>
            <TableHeader>Kind</TableHeader>
            <TableHeader numeric>Of all</TableHeader>
            <TableHeader numeric>Written later</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {all.map(({ kind, marked, recognised }, place) => (
            <TableRow key={kind}>
              <TableHeader scope="row" className="text-ink first-letter:uppercase">
                {KIND_WORDS[kind][1]}
              </TableHeader>
              <TableCell numeric>
                {count(recognised)} of {count(marked)}
              </TableCell>
              <TableCell numeric>
                {count(unseen[place]?.recognised ?? 0)} of {count(unseen[place]?.marked ?? 0)}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </details>
  )
}

function share(kinds: Recall['all']): string {
  const sum = (of: 'marked' | 'recognised') => kinds.reduce((total, one) => total + one[of], 0)
  return `${Math.floor((sum('recognised') / Math.max(1, sum('marked'))) * 100)}\u00a0%`
}
