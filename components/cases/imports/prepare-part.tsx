'use client'
import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/components/ui/loaded'
import { Notice } from '@/components/ui/notice'
import { previewQuery } from '@/lib/cases/imports/queries'
import type { ImportDetail, Mapping } from '@/lib/cases/imports/schema'
import { MappingForm } from './mapping-form'
import { PreviewCard } from './preview-card'

/** Everything between an uploaded file and its import: what it holds and which column is what. */
export function PreparePart({ project, detail }: { project: string; detail: ImportDetail }) {
  const query = useQuery(previewQuery(project, detail.id))
  return (
    <Loaded query={query}>
      {(preview) => {
        const start = detail.mapping ?? preview.guess ?? emptyMapping(preview.columns[0]?.name)
        return (
          <>
            <PreviewCard preview={preview} />
            {preview.columns.length === 0 ? (
              <Notice tone="bad" title="No row of this file can be read">
                {preview.problems[0]?.reason ??
                  'It has no row, or its first row is longer than 16 MB.'}
              </Notice>
            ) : (
              <MappingForm project={project} detail={detail} preview={preview} start={start} />
            )}
          </>
        )
      }}
    </Loaded>
  )
}

/** Where nothing could be guessed the person chooses. */
const emptyMapping = (column = ''): Mapping => ({
  externalId: null,
  subject: null,
  messages: { kind: 'text', column },
  time: null,
  link: null,
  metadata: [],
  label: null,
})
