import Link from 'next/link'

export type ListedCase = { caseId: string; externalId: string; subject: string }

type CaseLineProps = {
  project: string
  one: ListedCase
  /** What became of it. */
  said: string
}

/** A case of dev in a list: where it is, what it is about, and what was said of it. */
export function CaseLine({ project, one, said }: CaseLineProps) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-line border-b py-2 text-[13px] last:border-b-0">
      <Link
        className="link font-mono"
        href={`/projects/${project}/cases/${one.caseId}`}
        prefetch={false}
      >
        {one.externalId}
      </Link>
      <span className="min-w-0 flex-1 basis-40 break-words">{one.subject}</span>
      <span className="text-muted">{said}</span>
    </li>
  )
}
