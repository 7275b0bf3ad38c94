'use client'
import { Upload } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { Dialog } from '@/components/ui/dialog'
import { errorMessage } from '@/components/ui/error-message'
import { Field, Select } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { AppError } from '@/lib/platform/errors'
import { useImportFiles } from '@/lib/versions/files/queries'
import type { VersionSummary } from '@/lib/versions/history/schema'
import { titleVersion } from '@/lib/versions/rules'

type ImportFilesDialogProps = {
  project: string
  versions: VersionSummary[]
  onClose: () => void
}

/** Takes a zip or the files of a version, and opens the draft that they make. */
export function ImportFilesDialog({ project, versions, onClose }: ImportFilesDialogProps) {
  const router = useRouter()
  const send = useImportFiles(project)
  const [parentId, setParentId] = useState(
    () => (versions.find(({ released }) => released) ?? versions.find(({ number }) => number))?.id,
  )
  const take = (files: File[]) => {
    if (files.length === 0 || send.isPending) return
    send.mutate(
      { files, parentId },
      {
        onSuccess: ({ id, notes }) => {
          toast.success('The files are a draft now.', { description: notes.join(' ') || undefined })
          router.push(`/projects/${project}/versions/${id}`)
        },
      },
    )
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Import files"
      description="A version’s files, as “Download files” gives them: the zip, or the files out of it. They become a new draft; nothing that is there changes."
      footer={<Button onClick={onClose}>Cancel</Button>}
    >
      <div className="grid gap-4">
        <FileDrop busy={send.isPending} onTake={take} />
        {send.isError ? <Problems error={send.error} /> : null}
        <Field label="The draft comes from" hint="What its changes are compared with.">
          {(id) => (
            <Select
              id={id}
              value={parentId}
              onChange={(event) => setParentId(event.target.value)}
              className="w-full"
            >
              {versions.map((version) => (
                <option key={version.id} value={version.id}>
                  {[titleVersion(version, version.parent), version.note].filter(Boolean).join(': ')}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
    </Dialog>
  )
}

function FileDrop({ busy, onTake }: { busy: boolean; onTake: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  return (
    <section
      aria-label="Files of a version"
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        onTake([...event.dataTransfer.files])
      }}
      className={cx(
        'grid justify-items-center gap-3 rounded-xl border border-control border-dashed px-4 py-6 text-center',
        over ? 'border-accent bg-accent-soft' : 'bg-surface',
      )}
    >
      <Upload className="size-5 text-muted" aria-hidden />
      <p className="text-muted">Drop the zip or the files here</p>
      <input
        ref={input}
        type="file"
        multiple
        accept=".zip,.md,.json,.jsonl"
        aria-label="Files to import"
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          onTake([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <Button variant="primary" busy={busy} data-first-focus onClick={() => input.current?.click()}>
        Choose files
      </Button>
    </section>
  )
}

/** Everything that is wrong, by file and line. */
function Problems({ error }: { error: Error }) {
  const places = error instanceof AppError ? Object.entries(error.fields) : []
  if (places.length === 0) return <Notice tone="bad" title={errorMessage(error)} />
  return (
    <Notice tone="bad" title="Nothing was imported">
      <ul className="grid gap-1.5">
        {places.map(([place, message]) => (
          <li key={place}>
            <span className="break-all font-mono text-ink text-xs">{place}</span>
            <br />
            {message}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
