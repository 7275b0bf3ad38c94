'use client'
import { useQuery } from '@tanstack/react-query'
import { count } from '@/components/ui/figures'
import { caseCountsQuery } from '@/lib/cases/listing/queries'

/** How many there are, and that some are locked away. */
export function CaseCountsLine({ project }: { project: string }) {
  const { data } = useQuery(caseCountsQuery(project))
  if (!data) return null
  const parts = [`${count(data.example)} example`, `${count(data.dev)} dev`]
  if (data.waiting > 0) parts.push(`${count(data.waiting)} being sorted`)
  if (data.quarantined > 0) parts.push(`${count(data.quarantined)} set aside`)
  return (
    <>
      {parts.join(' · ')}.{' '}
      {data.test > 0
        ? `${count(data.test)} cases in the locked test pool are not listed.`
        : 'No cases are in the locked test pool.'}
    </>
  )
}
