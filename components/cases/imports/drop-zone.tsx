'use client'
import { Upload } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { errorMessage } from '@/components/ui/error-message'
import { Notice } from '@/components/ui/notice'
import { Progress } from '@/components/ui/progress'
import { useUploadFile } from '@/lib/cases/imports/queries'
import { megabytes } from './bytes'

/** Takes one file, dropped or chosen, and goes on to its mapping. */
export function DropZone({ project }: { project: string }) {
  const router = useRouter()
  const upload = useUploadFile(project)
  const input = useRef<HTMLInputElement>(null)
  const [sent, setSent] = useState(0)
  const [over, setOver] = useState(false)
  const file = upload.variables?.file

  const take = (files: FileList | null) => {
    const [chosen] = files ?? []
    if (!chosen || upload.isPending) return
    setSent(0)
    upload.mutate(
      { file: chosen, onProgress: setSent },
      { onSuccess: ({ id }) => router.push(`/projects/${project}/imports/${id}`) },
    )
  }

  return (
    <section
      aria-label="Upload a file"
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer.files)
      }}
      className={cx(
        'grid justify-items-center gap-3 rounded-xl border border-control border-dashed px-6 py-10 text-center',
        over ? 'border-accent bg-accent-soft' : 'bg-surface',
      )}
    >
      <Upload className="size-6 text-muted" aria-hidden />
      <div>
        <p className="font-semibold text-[15px]">Drop a CSV or JSONL file here</p>
        <p className="text-muted">In UTF-8, up to 2 GB. Nothing is imported before you say so.</p>
      </div>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,.jsonl,.ndjson,.json"
        aria-label="File to import"
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          take(event.target.files)
          event.target.value = ''
        }}
      />
      <Button variant="primary" busy={upload.isPending} onClick={() => input.current?.click()}>
        Choose a file
      </Button>
      {upload.isPending && file ? (
        <div className="grid w-full max-w-md gap-1.5">
          <Progress value={sent} max={file.size} label="Uploading" />
          <p className="text-[13px] text-muted tabular-nums">
            {file.name}: {megabytes(sent)} of {megabytes(file.size)}
          </p>
        </div>
      ) : null}
      {upload.isError ? (
        <Notice
          tone="bad"
          title={`${file?.name ?? 'The file'} was not taken`}
          className="text-left"
        >
          {errorMessage(upload.error)}
        </Notice>
      ) : null}
    </section>
  )
}
