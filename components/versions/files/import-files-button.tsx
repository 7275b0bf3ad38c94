'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import type { VersionSummary } from '@/lib/versions/history/schema'
import { ImportFilesDialog } from './import-files-dialog'

type ImportFilesButtonProps = { project: string; versions: VersionSummary[] }

export function ImportFilesButton({ project, versions }: ImportFilesButtonProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Import files</Button>
      {open ? (
        <ImportFilesDialog project={project} versions={versions} onClose={() => setOpen(false)} />
      ) : null}
    </>
  )
}
